import { expect } from 'vitest'
import { openStatuses } from '../contract/applications.ts'
import type { App } from '../server/app.ts'
import { type HistoryEvent, standingOf } from '../server/features/applications/history.ts'

/** What must hold of an account whatever was done to it, and by how many at once. */
export async function expectInvariants(app: App): Promise<void> {
  const isOpen = `applications.deleted_at is null and applications.status = any($1)`
  const open = await app.pool.query(`select job_id from applications where ${isOpen} group by user_id, job_id having count(*) > 1`, [
    [...openStatuses],
  ])
  expect(open.rows, 'one open application a job').toEqual([])

  const { rows } = await app.pool.query<{ id: string; standing: unknown; events: HistoryEvent[] }>(`
    select a.id, json_build_object('status', a.status, 'status_since', a.status_since, 'applied_on', a.applied_on,
      'response_on', a.response_on, 'offer_on', a.offer_on) as standing,
      (select json_agg(json_build_object('id', e.id, 'type', e.type, 'to_status', e.to_status, 'occurred_on', e.occurred_on,
        'occurred_at', to_char(e.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'recorded_at', to_char(e.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from application_events e where e.user_id = a.user_id and e.application_id = a.id) as events
    from applications a`)
  for (const { id, standing, events } of rows) {
    const { last_event_at: _, ...told } = standingOf(events) ?? { last_event_at: null }
    expect(standing, `application ${id} stands as its events say`).toEqual(told)
  }

  const astray = await app.pool.query(
    `select jobs.id from jobs where application_status is distinct from (
       select status from applications where applications.user_id = jobs.user_id and job_id = jobs.id and deleted_at is null
       order by status = any($1) desc, created_at desc, id desc limit 1)`,
    [[...openStatuses]],
  )
  expect(astray.rows, 'a job tells the status of its application').toEqual([])
  const lost = await app.pool.query(`
    select a.id from applications a join jobs on jobs.user_id = a.user_id and jobs.id = a.job_id
    where a.deleted_at is null and jobs.deleted_at is not null or a.deleted_with_job and jobs.deleted_at is null`)
  expect(lost.rows, 'the trash holds a job with its applications').toEqual([])
}
