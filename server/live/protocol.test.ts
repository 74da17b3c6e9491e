import { afterEach, describe, expect, test } from 'vitest'
import { opcodes, RawSocket } from '../../testing/raw-socket.ts'
import { useTestApp } from '../../testing/test-app.ts'

/** The bytes of WebSocket itself, by hand: a client of any make is served, and one that breaks the rules ends nothing but itself. */

const t = useTestApp()

const open: RawSocket[] = []
const connect = () => {
  const raw = new RawSocket(t.url)
  open.push(raw)
  return raw
}
const connected = async () => {
  const raw = connect()
  expect(await raw.upgrade()).toMatch(/^HTTP\/1\.1 101 /)
  return raw
}
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.destroy()
})

describe('the handshake', () => {
  test('is accepted with the answer to its key, without extensions that were offered', async () => {
    const key = 'dGhlIHNhbXBsZSBub25jZQ=='
    const head = await connect().upgrade({ 'sec-websocket-key': key, 'sec-websocket-extensions': 'permessage-deflate' })
    expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols/)
    expect(head.toLowerCase()).toContain(`sec-websocket-accept: ${RawSocket.accept(key).toLowerCase()}`)
    // The example of RFC 6455 itself.
    expect(RawSocket.accept(key)).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
    expect(head).not.toMatch(/permessage-deflate/i)
  })

  test.each<[string, Record<string, string | undefined>, RegExp]>([
    ['another version', { 'sec-websocket-version': '99' }, /^HTTP\/1\.1 4\d\d [\s\S]*sec-websocket-version: 13/i],
    ['no key', { 'sec-websocket-key': undefined }, /^HTTP\/1\.1 400 /],
    ['a key that is too short', { 'sec-websocket-key': 'c2hvcnQ=' }, /^HTTP\/1\.1 400 /],
    ['another protocol', { upgrade: 'h2c' }, /^HTTP\/1\.1 [45]\d\d /],
    ['a foreign page', { origin: 'https://evil.example' }, /^HTTP\/1\.1 403 /],
    ['a page of no origin', { origin: 'null' }, /^HTTP\/1\.1 403 /],
    ['a foreign name', { host: 'evil.example' }, /^HTTP\/1\.1 403 /],
    ['no name', { host: undefined }, /^HTTP\/1\.1 4\d\d /],
  ])('%s is refused', async (_, headers, answer) => {
    expect(await connect().upgrade(headers)).toMatch(answer)
  })

  test('by another method, or at another address, it is none', async () => {
    expect(await connect().upgrade({}, 'POST /ws/notifications HTTP/1.1')).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await connect().upgrade({}, 'GET /ws/other HTTP/1.1')).toMatch(/^HTTP\/1\.1 404 /)
    expect(await connect().upgrade({}, 'GET /api/v1/jobs HTTP/1.1')).toMatch(/^HTTP\/1\.1 404 /)
  })

  test('a plain request to it is told what is there', async () => {
    expect((await fetch(`${t.url}/ws/notifications`)).status).toBeGreaterThanOrEqual(400)
  })
})

describe('messages', () => {
  test('hello and its answer, unmasked and in one frame each', async () => {
    const raw = await connected()
    raw.say({ type: 'hello', last_seq: null })
    expect(await raw.nextMessage()).toEqual({ type: 'ready', seq: 0, unread: 0 })
    raw.say({ type: 'ping' })
    expect(await raw.nextMessage()).toEqual({ type: 'pong' })
  })

  test('in several frames, with a ping between them', async () => {
    const raw = await connected()
    raw.send(opcodes.text, '{"type":"hel', { isFinal: false })
    raw.send(opcodes.ping, 'are you there')
    raw.send(opcodes.continuation, 'lo","last_seq":null}')
    expect((await raw.next(opcodes.pong)).payload.toString()).toBe('are you there')
    expect(await raw.nextMessage()).toMatchObject({ type: 'ready' })
  })

  test('sent together with the handshake, before its answer', async () => {
    const raw = connect()
    const head = raw.upgrade()
    raw.say({ type: 'hello', last_seq: null })
    raw.say({ type: 'ping' })
    expect(await head).toMatch(/^HTTP\/1\.1 101 /)
    expect(await raw.nextMessage()).toMatchObject({ type: 'ready' })
    expect(await raw.nextMessage()).toEqual({ type: 'pong' })
  })

  test('a close is answered with its code', async () => {
    const raw = await connected()
    raw.send(opcodes.close, Buffer.from([0x03, 0xe8]))
    expect(await raw.closed()).toBe(1000)
    await expect.poll(() => raw.isEnded).toBe(true)
  })

  test.each<[string, number, (raw: RawSocket) => void]>([
    ['an unmasked frame', 1002, (raw) => raw.send(opcodes.text, '{"type":"ping"}', { isMasked: false })],
    ['a reserved bit', 1002, (raw) => raw.send(opcodes.text, '{"type":"ping"}', { reserved: 0x40 })],
    ['an unknown kind of frame', 1002, (raw) => raw.send(3, 'x')],
    ['a continuation of nothing', 1002, (raw) => raw.send(opcodes.continuation, 'x')],
    ['a ping in pieces', 1002, (raw) => raw.send(opcodes.ping, 'x', { isFinal: false })],
    ['text that is none', 1007, (raw) => raw.send(opcodes.text, Buffer.from([0xc3, 0x28]))],
    ['more than is read', 1009, (raw) => raw.send(opcodes.text, 'x'.repeat(65_000 + 1_000))],
    ['an empty message', 4400, (raw) => raw.send(opcodes.text, '')],
    ['JSON that is no object', 4400, (raw) => raw.send(opcodes.text, '[]')],
    ['bytes', 4400, (raw) => raw.send(opcodes.binary, '{"type":"ping"}')],
    ['a deep nest', 4400, (raw) => raw.send(opcodes.text, '['.repeat(4_000))],
  ])('%s ends it with %i, and nobody else', async (_, code, send) => {
    const witness = await connected()
    const raw = await connected()
    send(raw)
    expect(await raw.closed()).toBe(code)
    witness.say({ type: 'ping' })
    expect(await witness.nextMessage()).toEqual({ type: 'pong' })
  })
})
