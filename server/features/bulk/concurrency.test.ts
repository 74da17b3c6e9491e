import { expect, test, vi } from 'vitest'
import { expectInvariants } from '../../../testing/invariants.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** Bulk changes and single edits of the same records at once, each on a connection of its own. */

vi.setConfig({ testTimeout: 120_000 })

const t = useTestApp()
const rounds = 4
const n = 60

async function deadlocks(): Promise<number> {
  const { rows } = await t.app.pool.query<{ n: number }>('select deadlocks as n from pg_stat_database where datname = current_database()')
  return rows[0]?.n ?? 0
}
const send = async (method: string, path: string, body?: object) => {
  const answer = await t.send(method, `/api/v1${path}`, body === undefined ? {} : { body })
  const text = await answer.text()
  return { status: answer.status, said: text ? JSON.parse(text) : null, what: `${method} ${path} → ${answer.status} ${text.slice(0, 200)}` }
}
const shuffled = <T>(all: readonly T[]) => all.toSorted(() => Math.random() - 0.5)

test('no deadlock, no lost update, and what must hold holds', async () => {
  const jobs = (
    await t.client.bulk.createJobs({ body: { jobs: Array.from({ length: n }, (_, at) => ({ company: 'Busy', title: `${at}` })) } })
  ).created_ids
  const applications = (
    await t.client.bulk.createApplications({ body: { applications: jobs.map((job_id) => ({ job_id, status: 'applied' as const })) } })
  ).created_ids
  const before = await deadlocks()
  const tags = new Set<string>()
  const priorities = new Map<string, number>()

  for (let round = 0; round < rounds; round++) {
    const tag = (name: string) => {
      tags.add(`${name} ${round}`)
      return { add_tags: [`${name} ${round}`] }
    }
    const [one, another, single] = [shuffled(jobs), shuffled(jobs), shuffled(jobs)]
    const answers = await Promise.all([
      send('POST', '/jobs/bulk-update', { ids: one, changes: tag('a') }),
      send('POST', '/jobs/bulk-update', { filter: { company: ['Busy'] }, changes: tag('b') }),
      send('POST', '/jobs/bulk-update', { updates: another.map((id) => ({ id, ...tag('c') })) }),
      send('POST', '/applications/bulk-update', {
        ids: shuffled(applications),
        changes: { status: round % 2 ? 'applied' : 'ghosted' },
        mode: 'partial',
      }),
      send('POST', '/applications/bulk-update', {
        ids: shuffled(applications),
        changes: { status: round % 2 ? 'withdrawn' : 'interview' },
        mode: 'partial',
      }),
      send('POST', '/applications/bulk-create', {
        applications: shuffled(jobs)
          .slice(0, 20)
          .map((job_id) => ({ job_id })),
        mode: 'partial',
      }),
      ...single.slice(0, 12).map((id, at) => {
        priorities.set(id, (round + at) % 6)
        return send('PATCH', `/jobs/${id}`, { priority: (round + at) % 6 })
      }),
      ...shuffled(applications)
        .slice(0, 12)
        .map((id) => send('PATCH', `/applications/${id}`, { status: 'screening' })),
      ...shuffled(jobs)
        .slice(0, 6)
        .map((job_id) => send('POST', '/applications', { job_id })),
    ])
    for (const { status, said, what } of answers) {
      if (status !== 409) expect([200, 201], what).toContain(status)
      else expect(said.code, what).toBe('application_already_open')
    }
    await expectInvariants(t.app)
  }
  expect(await deadlocks()).toBe(before)
  const { rows } = await t.app.pool.query<{ id: string; tags: string[]; priority: number }>('select id, tags, priority from jobs')
  for (const { id, tags: kept, priority } of rows) {
    expect(new Set(kept), 'every bulk change added its tag').toEqual(tags)
    expect(priority).toBe(priorities.get(id) ?? 0)
  }
})

test('deleting, restoring, undoing and editing at once', async () => {
  const { created_ids: jobs } = await t.client.bulk.createJobs({
    body: { jobs: Array.from({ length: n }, (_, at) => ({ company: 'Torn', title: `${at}` })) },
  })
  const { created_ids: applications } = await t.client.bulk.createApplications({
    body: { applications: jobs.map((job_id) => ({ job_id })) },
  })
  const before = await deadlocks()
  const used: number[] = []
  for (let round = 0; round < rounds; round++) {
    await t.client.bulk.restoreJobs({ body: { ids: jobs } })
    const changed = await t.client.bulk.updateJobs({ body: { ids: jobs, changes: { notes: `${round}` }, mode: 'partial' } })
    const undo_token = (changed as { undo_token?: string }).undo_token
    const answers = await Promise.all([
      send('POST', '/jobs/bulk-delete', { ids: shuffled(jobs), mode: 'partial' }),
      send('POST', '/jobs/bulk-restore', { ids: shuffled(jobs), mode: 'partial' }),
      send('POST', '/applications/bulk-delete', { ids: shuffled(applications), mode: 'partial' }),
      send('POST', '/applications/bulk-restore', { ids: shuffled(applications), mode: 'partial' }),
      send('POST', '/bulk/undo', { undo_token }),
      send('POST', '/bulk/undo', { undo_token }),
      ...shuffled(jobs)
        .slice(0, 8)
        .map((id) => send('PATCH', `/jobs/${id}`, { priority: round % 6 })),
      ...shuffled(jobs)
        .slice(0, 4)
        .map((id) => send('DELETE', `/jobs/${id}`)),
      ...shuffled(jobs)
        .slice(0, 4)
        .map((id) => send('POST', `/jobs/${id}/restore`)),
      ...shuffled(applications)
        .slice(0, 8)
        .map((id) => send('PATCH', `/applications/${id}`, { status: 'offer' })),
      ...shuffled(applications)
        .slice(0, 4)
        .map((id) => send('POST', `/applications/${id}/restore`)),
    ])
    for (const { status, what } of answers) expect([200, 201, 204, 404, 409], what).toContain(status)
    used.push(...answers.slice(4, 6).map(({ status }) => status))
    await expectInvariants(t.app)
  }
  // Of two that undo the same, one does.
  expect(used.toSorted()).toEqual([...Array.from({ length: rounds }, () => 200), ...Array.from({ length: rounds }, () => 409)])
  expect(await deadlocks()).toBe(before)
})

test('who stood in each other’s way all the same, tries again by itself', async () => {
  const { created_ids: ids } = await t.client.bulk.createJobs({
    body: { jobs: Array.from({ length: 4 }, (_, at) => ({ company: 'Stuck', title: `${at}` })) },
  })
  const [first, , , last] = ids.toSorted() as [string, string, string, string]
  const other = await t.app.pool.connect()
  try {
    for (const headers of [{}, { 'idempotency-key': 'stuck' }] as Record<string, string>[]) {
      // Somebody who keeps no order: the bulk change waits for it, and it for the bulk change, which PostgreSQL then ends.
      await other.query('begin')
      await other.query('select 1 from jobs where id = $1 for update', [last])
      const change = t.send('POST', '/api/v1/jobs/bulk-update', { body: { ids, changes: { notes: JSON.stringify(headers) } }, headers })
      await vi.waitFor(async () => {
        const { rows } = await t.app.pool.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%from jobs%for update%'`,
        )
        expect(rows).toHaveLength(1)
      })
      await other.query('update jobs set priority = priority + 1 where id = $1', [first])
      await other.query('commit')
      expect((await change).status).toBe(200)
    }
  } finally {
    other.release()
  }
  expect(await t.client.jobs.get({ params: { id: first } })).toMatchObject({ priority: 2, notes: '{"idempotency-key":"stuck"}' })
})
