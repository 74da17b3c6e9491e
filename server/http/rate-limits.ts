import type { IncomingMessage } from 'node:http'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { App } from '../app.ts'
import { type Config, isLoopback } from '../config.ts'
import { AppError } from '../errors.ts'
import { type Limit, limitHeaders } from '../limits/limits.ts'
import { addressToCount, clientAddress } from './client-address.ts'
import type { User } from './who-is-asking.ts'

/** What is counted apart, since it costs differently. */
export type LimitClass = keyof Config['rateLimits']['perMinute']

/** Null: whoever watches over the server may ask as often as they like. */
export function limitClassOf(endpoint: Endpoint): LimitClass | null {
  if (endpoint.root) return null
  if (endpoint.streams || endpoint.upload || endpoint.costly) return 'files'
  return endpoint.method === 'GET' ? 'reads' : 'writes'
}

/**
 * Lets `ask` say who it is, and counts: somebody who is known by themselves, wherever they are, since a whole school may share an address;
 * anybody else by their address. Gives the headers that say what is left.
 */
export async function countAsking(
  app: App,
  request: IncomingMessage,
  limitClass: LimitClass | null,
  ask: () => Promise<User | null>,
): Promise<{ user: User | null; headers: Record<string, string> }> {
  const address = clientAddress(app.config, request)
  if (limitClass === null || !countsAddress(app.config, address)) return { user: await ask(), headers: {} }
  const byAddress = limitOf(app.config, limitClass, `address ${addressToCount(address)}`)
  // Without looking anybody up: who was refused is not worth a question to the database.
  app.limits.refuseUsedUp(byAddress)
  const user = await ask().catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'unauthenticated') await app.limits.take(byAddress)
    throw error
  })
  const limits = user ? limitOf(app.config, limitClass, `user ${user.id}`) : byAddress
  const [counted] = await app.limits.take(limits)
  return { user, headers: limits[0] && counted ? limitHeaders(limits[0], counted, app.now().getTime()) : {} }
}

/** Whether this address is one to be counted. This machine is not: behind a proxy that is not told of, it would be everybody. */
export const countsAddress = ({ rateLimits }: Config, address: string) =>
  rateLimits.whom === 'all' || (rateLimits.whom === 'others' && !isLoopback(address.replace(/^::ffff:/i, '')))

/** None where the setting is 0. */
function limitOf({ rateLimits }: Config, limitClass: LimitClass, key: string): Limit[] {
  const count = rateLimits.perMinute[limitClass]
  return count === 0 ? [] : [{ name: limitClass, key, count, seconds: 60 }]
}
