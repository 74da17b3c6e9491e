import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Task } from '../../../contract/tasks.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { forgetOld } from './images.ts'

/** Bulk changes of more than 10,000 records. */

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const t = useTestApp()
const total = 10_400
const bulk = () => t.client.bulk

beforeAll(async () => {
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, status, salary_min, created_at, updated_at)
     select $1::uuid, gen_random_uuid(), 'Many', 'Job ' || n, 'open', case when n % 1000 = 0 then 500 end, now(), now() from generate_series(1, $2::int) n`,
    [t.app.localUser.id, total],
  )
  await t.app.pool.query('analyze jobs')
})

const idOf = (answer: object) => (answer as { task_id: string }).task_id
const get = (id: string) => t.client.tasks.get({ params: { id } })
async function ended(id: string): Promise<Task> {
  for (;;) {
    const task = await get(id)
    if (!['queued', 'running'].includes(task.status)) return task
    expect(task).toMatchObject({ result: null, finished_at: null })
    await setTimeout(50)
  }
}
const count = async (where: string) => (await t.app.pool.query<{ n: number }>(`select count(*) as n from jobs where ${where}`)).rows[0]?.n
const undo = (undo_token: string | undefined) => bulk().undo({ body: { undo_token: undo_token as string } })

test('more than one request may change must be asked for as partial, and goes on behind the scenes', async () => {
  const body = { filter: { company: ['Many'] }, changes: { salary_max: 400, add_tags: ['seen'] } }
  const refused = await t.send('POST', '/api/v1/jobs/bulk-update', { body })
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({
    field_errors: [
      {
        field: 'mode',
        message: 'must be "partial" here: 10,400 records match, and more than 10,000 are changed in the background, part by part',
      },
    ],
  })
  const preview = await bulk().updateJobs({ body: { ...body, mode: 'partial', dry_run: true } })
  expect(preview).toMatchObject({ total, succeeded: total - 10, failed: 10, also: { applications: 0, open_applications: 0 } })
  const before = await canonicalDump(t.app)

  const answer = await t.send('POST', '/api/v1/jobs/bulk-update', { body: { ...body, mode: 'partial' } })
  expect(answer.status).toBe(202)
  const started = (await answer.json()) as { task_id: string }
  expect(started).toEqual({ task_id: expect.any(String) })
  expect(answer.headers.get('location')).toBe(`/api/v1/tasks/${started.task_id}`)
  // The records are those of the start.
  await t.client.jobs.create({ body: { company: 'Many', title: 'Late' } })

  const done = await ended(started.task_id)
  expect(done).toMatchObject({
    kind: 'bulk_update',
    status: 'completed',
    total,
    processed: total,
    problem: null,
    finished_at: expect.any(String),
  })
  expect(done.result).toMatchObject({ total, succeeded: total - 10, failed: 10, undo_token: expect.any(String) })
  expect(done.result?.errors).toHaveLength(10)
  expect(done.result?.errors[0]).toMatchObject({ code: 'validation_failed', field_errors: [{ field: 'changes.salary_max' }] })
  expect(await count(`tags = '{seen}'`)).toBe(total - 10)
  const [entry] = (await bulk().list()).items
  expect(entry).toMatchObject({
    status: 'completed',
    task_id: done.id,
    total,
    succeeded: total - 10,
    failed: 10,
    undo_token: done.result?.undo_token,
  })
  expect((await t.client.tasks.cancel({ params: { id: done.id } })).status).toBe('completed')

  await t.app.pool.query(`delete from jobs where title = 'Late'`)
  // An undo that is cancelled can be taken up again.
  const undoing = idOf(await undo(done.result?.undo_token))
  while ((await get(undoing)).processed === 0) await setTimeout(10)
  const half = await t.client.tasks.cancel({ params: { id: undoing } })
  expect(half).toMatchObject({
    kind: 'bulk_undo',
    status: 'cancelled',
    total: total - 10,
    result: { succeeded: half.processed, failed: 0 },
  })
  expect(await count(`tags = '{seen}'`)).toBe(total - 10 - half.processed)
  expect(await undo(done.result?.undo_token)).toMatchObject({ total: total - 10 - half.processed, failed: 0 })
  expect(await canonicalDump(t.app)).toEqual(before)
  expect(await undo(done.result?.undo_token).catch((error) => error.problem.status)).toBe(409)
  expect(await undo(half.result?.undo_token)).toMatchObject({ total: half.processed, failed: 0 })
  expect(await count(`tags = '{seen}'`)).toBe(half.processed)
})

test('a deletion that is cancelled keeps what it did, and gives it back', async () => {
  await t.app.pool.query(`
    insert into applications (user_id, id, job_id, status, status_since, last_event_at, created_at, updated_at)
    select user_id, gen_random_uuid(), id, 'applied', '2026-11-01', now(), now(), now() from jobs`)
  const before = await canonicalDump(t.app)
  const id = idOf(await bulk().deleteJobs({ body: { filter: { company: ['Many'] }, mode: 'partial' } }))
  const entry = (await bulk().list()).items[0]!
  expect(entry).toMatchObject({ action: 'delete', task_id: id, undo_token: null })
  expect(await undo(entry.id).catch((error) => error.problem.code)).toBe('conflict')
  while ((await get(id)).processed === 0) await setTimeout(10)
  const cancelled = await t.client.tasks.cancel({ params: { id } })
  expect(cancelled.status).toBe('cancelled')
  const { processed, result } = cancelled
  expect(processed).toBeLessThan(total)
  expect(result).toMatchObject({ total, succeeded: processed, failed: 0, also: { applications: processed, open_applications: processed } })
  await setTimeout(300)
  expect(await get(id)).toEqual(cancelled)
  expect(await count('deleted_at is not null')).toBe(processed)
  expect((await bulk().list()).items[0]).toMatchObject({ status: 'cancelled', succeeded: processed, undo_token: result?.undo_token })
  expect(await undo(result?.undo_token)).toMatchObject({ succeeded: processed, failed: 0 })
  expect(await canonicalDump(t.app)).toEqual(before)
})

test('what the process that ran it left unfinished is carried on with, by whoever sees it', async () => {
  const filter = { company: ['Many'] }
  const id = idOf(await bulk().updateJobs({ body: { filter, changes: { priority: 4 }, mode: 'partial' } }))
  while ((await get(id)).processed === 0) await setTimeout(10)
  const orphan = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
  // Cancelling makes this process stop; then it looks like one whose process died.
  await t.client.tasks.cancel({ params: { id } })
  await setTimeout(300)
  await t.app.pool.query(`update tasks set status = 'running', owner = $1, finished_at = null where id = $2`, [orphan, id])
  const alive = await t.app.pool.connect()
  await alive.query('begin')
  await alive.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`background owner ${orphan}`])
  const { processed } = await get(id)
  await setTimeout(500)
  expect(await get(id)).toMatchObject({ status: 'running', processed })
  await alive.query('rollback')
  alive.release()
  expect(await ended(id)).toMatchObject({ status: 'completed', processed: total, result: { succeeded: total, failed: 0 } })
  expect(await count('priority = 4')).toBe(total)
  // The one that was cancelled above had some left.
  await forgetOld(t.app)
  expect((await t.app.pool.query('select 1 from bulk_parts')).rows).toEqual([])
})

test('a task that fails keeps what it did, and says so', async () => {
  await t.app.pool.query(`
    create function break_late() returns trigger language plpgsql as $$ begin
      if exists (select 1 from jobs where source = 'broken') then raise exception using errcode = '57014', message = 'broken'; end if; return null;
    end $$;
    create trigger break_late before update on jobs for each statement execute function break_late()`)
  const id = idOf(await bulk().updateJobs({ body: { filter: { company: ['Many'] }, changes: { source: 'broken' }, mode: 'partial' } }))
  const failed = await ended(id)
  expect(failed).toMatchObject({ status: 'failed', processed: 1_000, problem: { code: 'internal_error' }, result: { succeeded: 1_000 } })
  await t.app.pool.query('drop trigger break_late on jobs')
  expect(await undo(failed.result?.undo_token)).toMatchObject({ succeeded: 1_000 })
})

test('nobody else’s task is there', async () => {
  const { rows } = await t.app.pool.query<{ id: string }>('select id from tasks limit 1')
  const other = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f60'
  await t.app.pool.query('insert into users (id, is_local, created_at) values ($1, false, now())', [other])
  await t.app.pool.query('update tasks set user_id = $1 where id = $2', [other, rows[0]!.id])
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/cancel'],
  ] as const)
    expect((await t.send(method, `/api/v1/tasks/${rows[0]!.id}${path}`)).status).toBe(404)
})
