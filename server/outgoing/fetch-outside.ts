import { type LookupAddress, lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { App } from '../app.ts'
import { isOutside } from './outside-addresses.ts'

/** Why nothing came back. `refused`: Landed does not ask there; the others may be otherwise next time. */
export type OutsideReason = 'refused' | 'unreachable' | 'timed_out' | 'too_large'

export class OutsideError extends Error {
  readonly reason: OutsideReason

  constructor(reason: OutsideReason, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.name = 'OutsideError'
    this.reason = reason
  }
}

type Init = {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  /** For all of it, redirects included. 10 seconds if not said. */
  timeoutMs?: number
  /** Of the answer's body. 1 MiB if not said. */
  maxBytes?: number
  signal?: AbortSignal
}

const mostRedirects = 5
const redirects = [301, 302, 303, 307, 308]

/**
 * The one way to ask an address that somebody else has chosen. It reaches the open internet and what OUTGOING_ALLOW lists, nothing of this
 * machine or its network. What a name leads to is checked where the connection is made, so that it cannot be another address by then; each
 * redirect is checked anew. Only GET and HEAD follow redirects; of another method the redirect itself is the answer.
 * The answer is whole, as it was sent: nothing is decompressed. Throws OutsideError.
 */
export async function fetchOutside(app: Pick<App, 'config'>, url: string | URL, init: Init = {}): Promise<Response> {
  const { method = 'GET', timeoutMs = 10_000, signal } = init
  const timeout = AbortSignal.timeout(timeoutMs)
  const ending = signal ? AbortSignal.any([signal, timeout]) : timeout
  const follows = method === 'GET' || method === 'HEAD'
  let headers = init.headers ?? {}
  let at = url
  try {
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const asked = allowedAddress(app.config, at)
      const answer = await ask(app.config, asked, { ...init, headers, signal: ending })
      const location = answer.headers.get('location')
      if (!follows || location === null || !redirects.includes(answer.status)) return answer
      if (!URL.canParse(location, asked)) throw new OutsideError('unreachable', `${asked.host} leads on to what is no address.`)
      const next = new URL(location, asked)
      // What was meant for one place is not shown to another.
      if (next.origin !== asked.origin) headers = withoutSecrets(headers)
      at = next
    }
  } catch (error) {
    if (error instanceof OutsideError) throw error
    if (timeout.aborted) throw new OutsideError('timed_out', `There was no whole answer within ${timeoutMs / 1000} seconds.`, error)
    throw new OutsideError('unreachable', 'It could not be reached.', error)
  }
  throw new OutsideError('unreachable', `It leads on more than ${mostRedirects} times.`)
}

/** Whether Landed would ask this address at all, as far as can be told without looking its name up. */
export function mayAskOutside(app: Pick<App, 'config'>, url: string): boolean {
  try {
    allowedAddress(app.config, url)
    return true
  } catch {
    return false
  }
}

function allowedAddress(config: App['config'], url: string | URL): URL {
  const refuse = (why: string) => new OutsideError('refused', why)
  if (!URL.canParse(url)) throw refuse('It is not a web address.')
  const parsed = new URL(url)
  const { protocol, port, username, password } = parsed
  if (protocol !== 'https:' && protocol !== 'http:') throw refuse('Only addresses with https or http are asked.')
  if (username || password) throw refuse('An address that carries a name or a password is not asked.')
  if (isListed(config, parsed)) return parsed
  // Mail, directories, databases of old: none of them is a web server.
  if (port !== '' && Number(port) < 1024 && port !== '80' && port !== '443') throw refuse(`No web server is asked at port ${port}.`)
  const host = nameIn(parsed)
  if (isIP(host) && !isOutside(host)) throw refuseInside(host)
  return parsed
}

/** By name, as the address has it: `127.0.0.1`, `push.example`, or with its port. */
const isListed = ({ outgoingAllow }: App['config'], { hostname, port, protocol }: URL) =>
  outgoingAllow.includes(hostname) || outgoingAllow.includes(`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`)

const nameIn = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

const refuseInside = (host: string) =>
  new OutsideError('refused', `${host} is on this machine or its network, where Landed does not ask. OUTGOING_ALLOW can list it.`)

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !['authorization', 'cookie'].includes(name.toLowerCase())))
}

async function ask(config: App['config'], url: URL, init: Init & { signal: AbortSignal }): Promise<Response> {
  const { method = 'GET', headers, body, signal, maxBytes = 1024 * 1024 } = init
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request(url, {
      method,
      headers: { 'user-agent': 'Landed', 'accept-encoding': 'identity', ...headers },
      signal,
      // A connection of its own, so none that was checked for something else.
      agent: false,
      ...(isListed(config, url) ? {} : { lookup: lookUpOutside }),
    })
    asking.once('response', resolve)
    asking.on('error', reject)
    asking.end(body)
  })
  const status = answer.statusCode ?? 0
  const fields = new Headers()
  for (const [name, values] of Object.entries(answer.headersDistinct)) for (const value of values ?? []) fields.append(name, value)
  const bytes = await readUpTo(answer, maxBytes)
  // A Response of these may have no body, not even an empty one.
  return new Response([204, 205, 304].includes(status) ? null : new Uint8Array(bytes), { status, headers: fields })
}

async function readUpTo(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  let total = 0
  return buffer(
    answer.map((chunk: Buffer) => {
      total += chunk.length
      if (total > maxBytes) throw new OutsideError('too_large', `The answer is larger than ${maxBytes} bytes.`)
      return chunk
    }),
  ).finally(() => answer.destroy())
}

/** Where the socket asks for the address it will connect to. One inside spoils the rest: whoever answers so means no good. */
const lookUpOutside: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, [])
    const inside = addresses.find(({ address }) => !isOutside(address))
    if (inside) return done(refuseInside(hostname), [])
    const [first] = addresses as [LookupAddress]
    return options.all ? done(null, addresses) : done(null, first.address, first.family)
  })
}
