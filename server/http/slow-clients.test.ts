import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'

/** Real sockets that send or read as slowly as they can. */
const t = useTestApp({ TIMEOUT_HEADERS: '1', TIMEOUT_REQUEST: '2', TIMEOUT_READER: '1' })
const open: Socket[] = []
afterAll(() => {
  for (const socket of open) socket.destroy()
})

async function opened(): Promise<Socket & { heard: () => string; ended: Promise<void> }> {
  const socket = connect(Number(new URL(t.url).port), '127.0.0.1')
  open.push(socket)
  let heard = ''
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1')
  })
  socket.on('error', () => {})
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  return Object.assign(socket, { heard: () => heard, ended })
}

/** A byte now and then for as long as somebody listens. */
async function drip(socket: Socket, text: string): Promise<void> {
  for (const byte of text) {
    if (socket.destroyed) return
    socket.write(byte)
    await sleep(100)
  }
}

test('headers that never end are not waited for, however they drip', async () => {
  const socket = await opened()
  socket.write('GET /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n')
  void drip(socket, `X-Slow: ${'a'.repeat(1_000)}`)
  await socket.ended
  expect(socket.heard()).toMatch(/^HTTP\/1\.1 400 .*"code":"malformed_request"/s)
})

test('a body that never ends is not waited for, and nothing of it is kept', async () => {
  const socket = await opened()
  const body = '{"company":"Slow","title":"Engineer"'
  socket.write(`POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n${body}`)
  void drip(socket, ' '.repeat(1_000))
  await socket.ended
  expect(socket.heard()).toContain('malformed_request')
  expect((await t.client.jobs.list()).items).toEqual([])
})

test('others are served while a hundred of these are waited for', async () => {
  const slow = await Promise.all(Array.from({ length: 100 }, opened))
  for (const socket of slow) socket.write('POST /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n')
  expect((await t.send('GET', '/api/v1/jobs')).status).toBe(200)
  await Promise.all(slow.map(({ ended }) => ended))
})

describe('a download', () => {
  const path = '/api/v1/exports/jobs?format=csv'
  beforeAll(async () => {
    const jobs = Array.from({ length: 200 }, (_, n) => ({
      company: `Company ${n}`,
      title: 'Engineer',
      description: 'lorem '.repeat(16_000),
    }))
    await t.client.bulk.createJobs({ body: { jobs } })
  })
  const inUse = () => t.app.streams.totalCount - t.app.streams.idleCount

  test.each(['nothing', 'a few bytes now and then'])('of which somebody takes %s gives its database connection back', async (taken) => {
    const socket = await opened()
    socket.pause()
    socket.removeAllListeners('data')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
    const sip = taken === 'nothing' ? undefined : setInterval(() => socket.read(10), 20)
    while (inUse() === 0) await sleep(5)
    while (inUse() > 0) await sleep(50)
    clearInterval(sip)
    socket.destroy()
  })

  test('that is read is whole, however long it takes', async () => {
    const answer = await fetch(`${t.url}${path}`)
    let text = ''
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString('latin1')
      if (text.length % 7 === 0) await sleep(5)
    }
    expect(text.match(/^[^\n]*Company \d+/gm)).toHaveLength(200)
  })
})
