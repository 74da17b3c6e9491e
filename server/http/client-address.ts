import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'
import type { Config } from '../config.ts'

/** Believes as many proxies as are ours, seen from here: what was in X-Forwarded-For before the last of them is anybody's claim. */
export const trustedHops =
  ({ trustProxy }: Config) =>
  (_address: string, hop: number) =>
    hop < trustProxy

export const clientAddress = (config: Config, request: IncomingMessage): string => proxyAddr(request, trustedHops(config))

/** What is counted together: one IPv4 address, or the /64 that one line has of IPv6. */
export function addressToCount(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [front = '', back] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const groups = front.split(':').filter((group) => group !== '')
  const rest = (back ?? '').split(':').filter((group) => group !== '')
  const all = back === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
