import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { fetchOutside, mayAskOutside } from './fetch-outside.ts'
import { isOutside } from './outside-addresses.ts'

const servers: ReturnType<typeof createServer>[] = []
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections()
})

/** A server on this machine that keeps what it was asked. */
async function listen(answer: RequestListener) {
  const asked: { method: string; url: string; headers: IncomingHttpHeaders }[] = []
  let connections = 0
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    answer(request, response)
  }).on('connection', () => connections++)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, at: `http://127.0.0.1:${port}`, asked, connections: () => connections }
}

const allowing = (...hosts: string[]) => ({ config: readConfig({ OUTGOING_ALLOW: hosts.join(',') }) })
const ok: RequestListener = (_request, response) => response.end('here')

describe('what is outside', () => {
  test.each(['1.1.1.1', '8.8.8.8', '192.0.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])('%s is', (address) => {
    expect(isOutside(address)).toBe(true)
  })
  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.0.0.8', '192.168.0.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', 'fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'ff02::1'],
    ...['2001:0:1::1', '2001:db8::1', '2002:7f00:1::', 'localhost', '', '127.1'],
  ])('%s is not', (address) => {
    expect(isOutside(address)).toBe(false)
  })
})

describe('an address that is not asked', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    // other ways to write it, which an address is brought back from
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://127.1:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://0.0.0.0:PORT/',
  ])('%s, and nothing is sent there', async (url) => {
    const { port, connections } = await listen(ok)
    await expect(fetchOutside(allowing(), url.replace('PORT', String(port)))).rejects.toMatchObject({ reason: 'refused' })
    expect(connections()).toBe(0)
  })

  test.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'not an address',
    'https://user:pass@example.com/',
    'https://example.com:25/',
    'http://169.254.169.254/latest/meta-data/',
    'https://[fd00::1]/',
  ])('%s, which can be told at once', async (url) => {
    await expect(fetchOutside(allowing(), url)).rejects.toMatchObject({ reason: 'refused' })
    expect(mayAskOutside(allowing(), url)).toBe(false)
  })

  test('what is outside may be asked', () => {
    for (const url of ['https://example.com/push/1', 'http://example.com', 'https://1.1.1.1:8443/'])
      expect(mayAskOutside(allowing(), url)).toBe(true)
  })
})

describe('what OUTGOING_ALLOW lists', () => {
  test('is asked, with method, headers and body, and the answer is whole', async () => {
    const { at, asked } = await listen((request, response) => {
      response.writeHead(201, { location: '/made/1', 'x-seen': 'yes' })
      request.pipe(response)
    })
    const answer = await fetchOutside(allowing('127.0.0.1'), `${at}/push?a=1`, {
      method: 'POST',
      headers: { ttl: '60', authorization: 'vapid t=1' },
      body: Buffer.from([0, 255, 7]),
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe('/made/1')
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255, 7])
    expect(asked).toMatchObject([
      { method: 'POST', url: '/push?a=1', headers: { ttl: '60', authorization: 'vapid t=1', 'content-length': '3' } },
    ])
  })

  test('may name one port of a host, and then the others stay closed', async () => {
    const [one, other] = [await listen(ok), await listen(ok)]
    const app = allowing(`127.0.0.1:${one.port}`)
    expect(await (await fetchOutside(app, one.at)).text()).toBe('here')
    await expect(fetchOutside(app, other.at)).rejects.toMatchObject({ reason: 'refused' })
    expect(other.connections()).toBe(0)
  })

  test('a status without a body is an answer too', async () => {
    const { at } = await listen((_request, response) => response.writeHead(204).end())
    expect((await fetchOutside(allowing('127.0.0.1'), at)).status).toBe(204)
  })

  test.each(['a b', 'http://x', 'x:y', '10.0.0.0/8'])('%s is no host, and is named at the start', (hosts) => {
    expect(() => readConfig({ OUTGOING_ALLOW: hosts })).toThrow('OUTGOING_ALLOW')
  })
})

describe('a redirect', () => {
  const leadingTo = (location: string, status = 302) => listen((_request, response) => response.writeHead(status, { location }).end())

  test('is followed to where one may ask, without what was secret', async () => {
    const target = await listen(ok)
    const { at } = await leadingTo(`${target.at}/there`)
    const headers = { Authorization: 'Bearer x', cookie: 'a=1', accept: 'text/html' }
    expect(await (await fetchOutside(allowing('127.0.0.1'), at, { headers })).text()).toBe('here')
    expect(target.asked).toMatchObject([{ url: '/there', headers: { accept: 'text/html' } }])
    expect(target.asked[0]?.headers).not.toHaveProperty('authorization')
    expect(target.asked[0]?.headers).not.toHaveProperty('cookie')
  })

  test('that leads inside is refused, and nothing is sent there', async () => {
    const target = await listen(ok)
    const { at, port } = await leadingTo(`http://localhost:${target.port}/`)
    await expect(fetchOutside(allowing(`127.0.0.1:${port}`), at)).rejects.toMatchObject({ reason: 'refused' })
    expect(target.connections()).toBe(0)
  })

  test('is the answer itself where something was sent', async () => {
    const target = await listen(ok)
    const { at } = await leadingTo(target.at, 307)
    expect((await fetchOutside(allowing('127.0.0.1'), at, { method: 'POST', body: 'x' })).status).toBe(307)
    expect(target.connections()).toBe(0)
  })

  test('without end is given up', async () => {
    const { at, asked } = await leadingTo('/again')
    await expect(fetchOutside(allowing('127.0.0.1'), at)).rejects.toMatchObject({ reason: 'unreachable' })
    expect(asked).toHaveLength(6)
  })
})

describe('an answer', () => {
  test('that is larger than asked for is broken off', async () => {
    const { at } = await listen((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
      }
      response.on('drain', more)
      more()
    })
    await expect(fetchOutside(allowing('127.0.0.1'), at, { maxBytes: 100_000 })).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('that never comes, or never ends, is not waited for', async () => {
    const silent = await listen(() => {})
    const endless = await listen((_request, response) => response.write('a'))
    for (const { at } of [silent, endless])
      await expect(fetchOutside(allowing('127.0.0.1'), at, { timeoutMs: 200 })).rejects.toMatchObject({ reason: 'timed_out' })
  })

  test('from where nobody listens is told so', async () => {
    await expect(fetchOutside(allowing('127.0.0.1'), 'http://127.0.0.1:1/')).rejects.toMatchObject({ reason: 'unreachable' })
  })
})
