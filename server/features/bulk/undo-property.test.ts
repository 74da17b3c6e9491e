import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { BulkUndone } from '../../../contract/bulk.ts'
import type { ApplicationStatus, Job } from '../../../contract/jobs.ts'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { expectInvariants } from '../../../testing/invariants.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** Any sequence of bulk changes, undone in reverse, gives the start. */

vi.setConfig({ testTimeout: 240_000 })

const t = useTestApp()

type Kind = 'jobs' | 'applications'
/** A change picks records by numbers, whatever there is by then. */
type Step = { path: string; pick: number[]; of: Kind | null; each?: object[]; all?: object } | 'undo the last'

const bodyOf = ({ path, each = [], all }: Exclude<Step, string>, ids: string[]): object => {
  if (path === '/jobs/bulk-create') return { jobs: each.map((job) => ({ company: 'New', title: 'Job', ...job })) }
  const interviews = [{ starts_at: '2026-12-01T10:00:00.000Z', feedback: { rating: 4 } }]
  if (path === '/applications/bulk-create')
    return { applications: ids.map((job_id, at) => ({ job_id, interviews, ...each[at % each.length] })) }
  if (each.length > 0) return { updates: ids.map((id, at) => ({ id, ...each[at % each.length] })) }
  return all ? { ids, changes: all } : { ids }
}

const picks = fc.array(fc.nat(30), { minLength: 1, maxLength: 6 })
const word = fc.constantFrom('Go', 'go', 'Rust', 'C++', 'remote', 'dream job')
const words = fc.array(word, { maxLength: 3 })
const day = fc.constantFrom('2026-10-01', '2026-10-15', '2026-11-03', '2026-11-20')
const status = fc.constantFrom<ApplicationStatus>(
  'interested',
  'applied',
  'screening',
  'interview',
  'offer',
  'rejected',
  'ghosted',
  'accepted',
)
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) => fc.record(fields, { requiredKeys: [] })

const jobFields = some({
  company: fc.constantFrom('Acme', 'Initech'),
  status: fc.constantFrom<Job['status']>('open', 'closed', 'archived'),
  priority: fc.nat(5),
  notes: fc.option(fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\0', ''))),
  salary_min: fc.option(fc.constantFrom(10, 20.25, 1e9)),
  salary_max: fc.option(fc.constantFrom(15, 20.25)),
  posted_on: fc.option(day),
  tech_stack: words,
})
const lists = some({ add_tags: words, remove_tags: words })
const applicationFields = some({
  status,
  applied_on: fc.option(day),
  response_on: fc.option(day),
  follow_up_on: fc.option(day),
  notes: fc.option(fc.constantFrom('called', '"quoted" — ünï')),
  contacts: fc.constantFrom([], [{ name: 'Ana', email: 'ana@example.com' }]),
  reminders_muted: fc.boolean(),
})
const isSaid = (changes: object) => Object.keys(changes).length > 0

const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 4 })
const stepOf = (path: string, of: Kind, more: { each?: fc.Arbitrary<object[]>; all?: fc.Arbitrary<object> } = {}) =>
  fc.record({ path: fc.constant(path), of: fc.constant(of), pick: picks, ...more })

const step: fc.Arbitrary<Step> = fc.oneof(
  several(jobFields).map((each): Step => ({ path: '/jobs/bulk-create', of: null, pick: [], each })),
  stepOf('/applications/bulk-create', 'jobs', { each: several(applicationFields) }),
  stepOf('/jobs/bulk-update', 'jobs', {
    all: fc
      .tuple(jobFields, lists)
      .map(([fields, more]) => ({ ...fields, ...more }))
      .filter(isSaid),
  }),
  stepOf('/jobs/bulk-update', 'jobs', { each: several(jobFields) }),
  stepOf('/applications/bulk-update', 'applications', { all: applicationFields.filter(isSaid) }),
  stepOf('/applications/bulk-update', 'applications', { each: several(applicationFields) }),
  ...(['jobs', 'applications'] as const).flatMap((of) => ['delete', 'restore'].map((act) => stepOf(`/${of}/bulk-${act}`, of))),
  fc.constant<Step>('undo the last'),
)

async function post(path: string, body: object): Promise<{ undo_token?: string; errors?: unknown[] }> {
  const answer = await t.send('POST', `/api/v1${path}`, { body })
  const said = await answer.text()
  // One change for all that contradicts itself is refused as a whole.
  if (answer.status !== 422 || !('changes' in body)) expect(answer.status, `${path} ${JSON.stringify(body)} → ${said}`).toBeLessThan(300)
  return JSON.parse(said) as BulkUndone
}

async function undo(undo_token: string): Promise<string> {
  const undone = await post('/bulk/undo', { undo_token })
  expect(undone.errors).toEqual([])
  return undone.undo_token as string
}

test('any sequence of bulk changes and undos, undone in reverse, gives the start', async () => {
  await t.client.settings.update({ body: { timezone: 'Asia/Kolkata' } })
  const { created_ids } = await t.client.bulk.createJobs({
    body: { jobs: Array.from({ length: 8 }, (_, at) => ({ company: `Start ${at}`, title: 'Engineer', tags: ['Remote'] })) },
  })
  const started = await t.client.bulk.createApplications({
    body: {
      applications: created_ids
        .slice(0, 5)
        .map((job_id, at) => ({ job_id, status: at % 2 ? 'applied' : 'rejected', applied_on: '2026-11-01' })),
    },
  })
  await t.client.bulk.deleteApplications({ body: { ids: started.created_ids.slice(0, 1) } })
  await t.client.bulk.deleteJobs({ body: { ids: created_ids.slice(4, 6) } })

  let undone = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), fc.boolean(), async (steps, frozen) => {
      // Changes of one instant are told apart all the same.
      t.setNow(frozen ? '2026-11-22T12:00:00.000Z' : null)
      const before = await canonicalDump(t.app)
      /** Undo tokens, the last one last; of an undo also the place of the token that it used. */
      const stack: { token: string; used?: number }[] = []
      const isLive: boolean[] = []
      for (const one of steps) {
        if (one === 'undo the last') {
          const last = isLive.lastIndexOf(true)
          const entry = stack[last]
          if (!entry) continue
          isLive[last] = false
          stack.push({ token: await undo(entry.token), used: last })
          isLive.push(false)
          continue
        }
        const { rows } = one.of ? await t.app.pool.query<{ id: string }>(`select id from ${one.of} order by id`) : { rows: [] }
        const ids = [...new Set(one.pick.map((at) => rows[at % rows.length]?.id).filter((id) => id !== undefined))]
        if (one.of && ids.length === 0) continue
        const { undo_token } = await post(one.path, { ...bodyOf(one, ids), mode: 'partial' })
        if (undo_token) {
          stack.push({ token: undo_token })
          isLive.push(true)
        }
      }
      await expectInvariants(t.app)
      for (let at = stack.length - 1; at >= 0; at--) {
        const { token, used } = stack[at]!
        const again = await undo(token)
        undone++
        // What that undo had taken back is there again, and is taken back by this token now.
        if (used !== undefined) stack[used]!.token = again
      }
      await expectInvariants(t.app)
      expect(await canonicalDump(t.app)).toEqual(before)
    }),
    { numRuns: 60 },
  )
  expect(undone).toBeGreaterThan(100)
})
