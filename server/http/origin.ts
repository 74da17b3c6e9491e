import type { IncomingHttpHeaders } from 'node:http'
import { type Config, isLoopback } from '../config.ts'
import { AppError } from '../errors.ts'

/**
 * Refuses what a foreign web page sends and what reaches us under a foreign name (DNS rebinding):
 * with AUTH=off the browser's own origin is all that stands between a web page and the search of the person in front of it.
 */
export function refuseForeignOrigin(config: Config, headers: IncomingHttpHeaders): void {
  const host = headers.host
  if (host === undefined || !isOurs(config, hostNameOf(host))) {
    throw new AppError(
      'origin_refused',
      `Landed does not answer to the name ${JSON.stringify(host ?? '')}. Open it by its own address, or set PUBLIC_URL to the address people use.`,
    )
  }
  const origin = headers.origin
  if (origin !== undefined && !(URL.canParse(origin) && isOurs(config, new URL(origin).hostname))) {
    throw new AppError(
      'origin_refused',
      `A page of ${JSON.stringify(origin)} may not talk to Landed. If that is where you serve it, set PUBLIC_URL to it.`,
    )
  }
}

const isOurs = (config: Config, name: string) => isLoopback(name) || name.toLowerCase() === config.publicUrl?.hostname
const hostNameOf = (host: string) => host.replace(/:\d+$/, '')
