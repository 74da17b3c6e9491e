import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { Import } from '../../../contract/imports.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { failInterrupted } from './background.ts'

vi.setConfig({ testTimeout: 60_000 })

const t = useTestApp()

const rowsOf = (company: string, n: number) =>
  new Blob([`company,title\n${Array.from({ length: n }, (_, at) => `${company},Job ${at}\n`).join('')}`])
const send = (file: Blob, headers: Record<string, string> = {}) => {
  const form = new FormData()
  form.append('file', file, 'jobs.csv')
  return fetch(`${t.url}/api/v1/imports`, { method: 'POST', body: form, headers })
}
async function ended(id: string): Promise<Import> {
  for (;;) {
    const one = await t.client.imports.get({ params: { id } })
    if (!['queued', 'running'].includes(one.status)) return one
    await setTimeout(50)
  }
}
const keptFiles = () => readdir(join(t.app.config.dataDir, 'imports')).catch(() => [])

test('more than 2,000 rows are answered at once and go on behind the scenes', async () => {
  const answer = await send(rowsOf('Many', 2_001))
  expect(answer.status).toBe(202)
  const accepted = (await answer.json()) as Import
  expect(answer.headers.get('location')).toBe(`/api/v1/imports/${accepted.id}`)
  expect(accepted).toMatchObject({ total: 2_001, created: 0, finished_at: null })
  expect(['queued', 'running']).toContain(accepted.status)

  const done = await ended(accepted.id)
  expect(done).toMatchObject({ status: 'completed', total: 2_001, processed: 2_001, created: 2_001, failed: 0 })
  expect((await t.client.jobs.list({ query: { company: ['Many'] } })).total.value).toBe(2_001)
  await vi.waitFor(async () => expect(await keptFiles()).toEqual([]))

  const undone = await t.client.imports.undo({ params: { id: done.id } })
  expect(undone.undo).toMatchObject({ removed: 2_001, left: 0 })
})

test('one at a time: what comes meanwhile waits its turn, a preview does not', async () => {
  const first = (await (await send(rowsOf('Turn', 3_000))).json()) as Import
  expect(await t.client.imports.undo({ params: { id: first.id } }).catch((error) => error.problem.code)).toBe('conflict')
  const second = await send(rowsOf('Turn', 5))
  expect(second.status).toBe(202)
  const preview = await t.client.imports.create({ file: rowsOf('Turn', 5), body: { dry_run: true } })
  expect(preview.status).toBe('completed')
  expect(await ended(((await second.json()) as Import).id)).toMatchObject({ created: 0, skipped: 5 })
  expect(await ended(first.id)).toMatchObject({ created: 3_000 })
})

test('with an Idempotency-Key it starts once, and the key gives the first answer again', async () => {
  const file = rowsOf('Keyed', 2_001)
  const headers = { 'idempotency-key': 'long-import' }
  const [first, second] = [await send(file, headers), await send(file, headers)]
  expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([202, 202, 'true'])
  const { id } = (await first.json()) as Import
  expect(((await second.json()) as Import).id).toBe(id)
  expect(await ended(id)).toMatchObject({ status: 'completed', created: 2_001 })
})

test('what the process that ran it left behind is marked as failed, by whoever sees it', async () => {
  const done = await t.client.imports.create({ file: rowsOf('Left', 1) })
  const orphan = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
  await t.app.pool.query(`update imports set status = 'running', owner = $1, finished_at = null where id = $2`, [orphan, done.id])
  const alive = await t.app.pool.connect()
  await alive.query('begin')
  await alive.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`background owner ${orphan}`])
  await failInterrupted(t.app)
  expect((await t.client.imports.get({ params: { id: done.id } })).status).toBe('running')
  await alive.query('rollback')
  alive.release()
  expect(await t.client.imports.get({ params: { id: done.id } })).toMatchObject({ status: 'failed', problem: { code: 'interrupted' } })
})

test('a file that fails on the way leaves nothing behind, and says so', async () => {
  await t.app.pool.query(`
    create function break_all() returns trigger language plpgsql as $$ begin raise exception using errcode = '57014', message = 'broken'; end $$;
    create trigger break_all before insert on import_rows for each statement execute function break_all()`)
  const before = await canonicalDump(t.app)
  const { id } = (await (await send(rowsOf('Broken', 2_001))).json()) as Import
  expect(await ended(id)).toMatchObject({ status: 'failed', created: 0, processed: 0, problem: { code: 'internal_error' } })
  await t.app.pool.query('drop trigger break_all on import_rows')
  expect(await canonicalDump(t.app)).toEqual(before)
  await vi.waitFor(async () => expect(await keptFiles()).toEqual([]))
})
