import type { IncomingHttpHeaders } from 'node:http'
import { type Config, isLoopback } from '../config.ts'
import { AppError } from '../errors.ts'

/**
 * Refuses what a foreign web page sends and what reaches us under a foreign name (DNS rebinding):
 * with AUTH=off the browser's own origin is all that stands between a web page and the search of the person in front of it.
 */
export function refuseForeignOrigin(config: Config, headers: IncomingHttpHeaders): void {
  const host = headers.host
  if (host === undefined || !(isLoopback(hostNameOf(host)) || hostNameOf(host).toLowerCase() === config.publicUrl?.hostname)) {
    throw new AppError(
      'origin_refused',
      `Landed does not answer to the name ${JSON.stringify(host ?? '')}. Open it by its own address, or set PUBLIC_URL to the address people use.`,
    )
  }
  const origin = headers.origin
  if (origin !== undefined && !isOurPage(config, origin, hostNameOf(host))) {
    throw new AppError(
      'origin_refused',
      `A page of ${JSON.stringify(origin)} may not talk to Landed. If that is where you serve it, set PUBLIC_URL to it.`,
    )
  }
}

// Under a public name another port or scheme is another page; on this machine ports are where development happens, as long as
// it is this machine that is asked.
function isOurPage(config: Config, origin: string, host: string): boolean {
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return (isLoopback(url.hostname) && isLoopback(host)) || url.origin === config.publicUrl?.origin
}
const hostNameOf = (host: string) => host.replace(/:\d+$/, '')
