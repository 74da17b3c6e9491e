import type { IncomingHttpHeaders } from 'node:http'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { App } from '../app.ts'
import { refuseForeignOrigin } from './origin.ts'

export type User = { id: string }

/**
 * The one way to know who is asking, for every route and every channel. Null only where `access` is public.
 * Throws origin_refused. With AUTH=off it is the one local user, on every endpoint alike.
 */
export async function whoIsAsking(app: App, access: Endpoint['access'], headers: IncomingHttpHeaders): Promise<User | null> {
  refuseForeignOrigin(app.config, headers)
  return access === 'public' ? null : app.localUser
}
