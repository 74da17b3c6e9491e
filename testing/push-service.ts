import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type Pushed = {
  path: string
  headers: IncomingHttpHeaders
  /** What the service worker would get. */
  payload: Record<string, unknown>
  /** What the signed token says. */
  claims: { aud: string; exp: number; sub: string }
  publicKey: string
}

/** A browser that subscribed: its keys, and what its endpoint answers. */
export type TestBrowser = {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string }; expirationTime: null }
  pushed: Pushed[]
  answer: { status: number; headers?: Record<string, string> }
}

/** A push service and the browsers behind it: it checks the signature of VAPID (RFC 8292) and opens the message (RFC 8291, RFC 8188). */
export async function startPushService() {
  const browsers = new Map<string, TestBrowser & { open(body: Buffer): Buffer }>()
  const problems: unknown[] = []
  const server = createServer(async (request, response) => {
    const browser = browsers.get(request.url ?? '')
    try {
      const body = await buffer(request)
      if (!browser) return void response.writeHead(404).end()
      const { claims, publicKey } = readVapid(request.headers.authorization ?? '')
      const payload = JSON.parse(browser.open(body).toString()) as Record<string, unknown>
      if (browser.answer.status < 300)
        browser.pushed.push({ path: request.url ?? '', headers: request.headers, payload, claims, publicKey })
      response.writeHead(browser.answer.status, browser.answer.headers ?? {}).end()
    } catch (error) {
      problems.push(error)
      response.writeHead(400).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    /** What was not right about a request. */
    problems,
    subscribe: (): TestBrowser => {
      const pair = createECDH('prime256v1')
      pair.generateKeys()
      const auth = randomBytes(16)
      const path = `/push/${randomBytes(12).toString('base64url')}`
      const browser = {
        subscription: {
          endpoint: `http://127.0.0.1:${port}${path}`,
          keys: { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') },
          expirationTime: null,
        },
        pushed: [],
        answer: { status: 201 },
        open: (body: Buffer) => openMessage(body, pair, auth),
      }
      browsers.set(path, browser)
      return browser
    },
    stop: async () => {
      server.close().closeAllConnections()
    },
  }
}
export type PushService = Awaited<ReturnType<typeof startPushService>>

function readVapid(authorization: string): Pick<Pushed, 'claims' | 'publicKey'> {
  const [, token = '', publicKey = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const [header = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  if (point.length !== 65) throw new Error(`no key in ${authorization}`)
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [string, string]
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const isRight = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isRight) throw new Error('the signature is not of this key')
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string }
  if (alg !== 'ES256') throw new Error(`signed by ${alg}`)
  return { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()), publicKey }
}

/** `salt (16), record size (4), length of the key id, key id = the sender's public key`, then one record. */
function openMessage(body: Buffer, pair: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16)
  const length = body.readUInt8(20)
  const sender = body.subarray(21, 21 + length)
  const record = body.subarray(21 + length)
  if (body.length > 4_096 || record.length > body.readUInt32BE(16)) throw new Error('longer than a push service takes')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender])
  const secret = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32))
  const derive = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${name}\0`), bytes))
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(record.subarray(-16))
  const opened = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  // 2 marks the last record; zeros may follow.
  const end = opened.lastIndexOf(2)
  return opened.subarray(0, end)
}
