import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'
import { CopyOut, type Framing } from './copy-out.ts'

const t = useTestApp()

const framing: Framing = { head: '<', beforeFirst: '', between: '|', tail: (count) => `>${count}` }

async function withClient<T>(work: (copy: (rows: string, options?: { stallAfterMs: number }) => CopyOut) => Promise<T>): Promise<T> {
  const client = await t.app.streams.connect()
  try {
    return await work((rows, options) => client.query(new CopyOut(`copy (${rows}) to stdout (format csv)`, framing, options)))
  } finally {
    client.release(true)
  }
}

test('rows come whole, in order and counted, whatever their length', async () => {
  await withClient(async (copy) => {
    expect(await text(copy('select 1 where false'))).toBe('<>0')
    expect(await text(copy(`select 'a' union all select E'line\\nbreak'`))).toBe('<a|"line\nbreak">2')
    const lengths = [0, 1, 65_534, 65_535, 65_536, 65_537, 200_000, 3_000_000]
    const rows = lengths.map((length) => `select repeat('x', ${length}) || '.'`).join(' union all ')
    expect(await text(copy(rows))).toBe(`<${lengths.map((length) => `${'x'.repeat(length)}.`).join('|')}>${lengths.length}`)
    const many = await text(copy('select at from generate_series(1, 50000) at'))
    expect(many).toBe(`<${Array.from({ length: 50_000 }, (_, at) => at + 1).join('|')}>50000`)
  })
})

test('a reader that takes nothing for too long is let go', async () => {
  await withClient(async (copy) => {
    const stalled = copy(`select repeat('x', 1000) from generate_series(1, 100000)`, { stallAfterMs: 50 })
    stalled.once('readable', () => {})
    const [error] = (await once(stalled, 'error')) as [Error]
    expect(error.message).toContain('nobody takes the file')
    expect(await stalled.over).toBe('left')
  })
})

test('a connection is not left paused by a file whose last rows and end came together', async () => {
  const stream = new PassThrough()
  stream.resume()
  const copy = new CopyOut('', framing)
  copy.submit({ query: () => {}, stream } as unknown as pg.Connection)
  copy.handleCopyData({ chunk: Buffer.from(`${'x'.repeat(70_000)}\n`) })
  expect(stream.isPaused()).toBe(true)
  copy.handleCommandComplete({ text: 'COPY 1' })
  copy.handleReadyForQuery()
  expect(stream.isPaused()).toBe(false)
  expect(await text(copy)).toMatch(/^<x{70000}>1$/)
})

test('fewer rows than PostgreSQL speaks of are not a file', async () => {
  const copy = new CopyOut('', framing)
  copy.handleCopyData({ chunk: Buffer.from('one\n') })
  copy.handleCommandComplete({ text: 'COPY 2' })
  copy.handleReadyForQuery()
  await expect(text(copy)).rejects.toThrow('1 rows')
})

test('an error of the database is one of the stream', async () => {
  await withClient(async (copy) => {
    const refused = copy('select 1 / (3 - at) from generate_series(1, 5) at')
    await expect(text(refused)).rejects.toThrow('division by zero')
    expect(await refused.over).toBe('refused')
  })
})
