import { sql } from 'kysely'
import { Application, ApplicationInput, type Interview } from '../../../contract/applications.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { idsInOrder } from '../../database/ids.ts'
import { AppError } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { clockOf, newInterview } from '../applications/applications.ts'
import { isOpen, rewrite, type Standing, standingOf } from '../applications/history.ts'
import { addApplications, findOpenOf, ownColumnTypes, standingColumnTypes } from '../applications/many.ts'
import { lockJobs } from '../jobs/many.ts'
import type { Request } from './carry-out.ts'
import { forEachInTurn, readEntries } from './entries.ts'
import { alreadyOpen, notThere, type Places, refusedBy } from './errors.ts'
import { keepImages, targetRows } from './images.ts'
import { type Claim, withOneOpen } from './open-slots.ts'
import type { Operation } from './operation.ts'

type NewApplication = Claim & { row: object }

const place = (index: number, name: string) => `applications[${index}].${name}`
const places: Places = { id: (index) => place(index, 'job_id'), field: place }

export async function creationOfApplications(sent: readonly unknown[], user: User): Promise<(app: App) => Promise<Request>> {
  const { entries, errors } = await readEntries(sent, ApplicationInput, 'applications', Application)
  return async (app) => {
    const clock = await clockOf(app, user)
    const newId = idsInOrder()
    const made: NewApplication[] = []
    const refused: BulkError[] = []
    await forEachInTurn(entries, ({ index, said }) => {
      const { job_id: jobId, status, applied_on, response_on, offer_on, interviews, ...own } = said
      const id = newId()
      try {
        const events = rewrite([], { status, applied_on, response_on, offer_on }, clock)
        const standing = standingOf(events) as Standing
        const row = { id, job_id: jobId, ...own, ...standing, events, interviews: inRounds(interviews) }
        made.push({ index, id, jobId, isOpen: isOpen(standing.status), row })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const { id: _, ...told } = refusedBy({ index, id }, error, places)
        refused.push(told)
      }
    })
    return { total: sent.length, errors: [...errors, ...refused], operation: operationOn(made, user) }
  }
}

function inRounds(inputs: ApplicationInput['interviews']): Interview[] {
  const rounds: Interview[] = []
  for (const interview of inputs) rounds.push(newInterview(interview, rounds))
  return rounds
}

const operationOn = (made: readonly NewApplication[], user: User): Operation<NewApplication> => ({
  check: async (app, options) => {
    const jobIds = [...new Set(made.map(({ jobId }) => jobId))]
    const jobs = await lockJobs(app.db, user.id, jobIds, ['deleted_at'], options)
    const isThere = ({ jobId }: NewApplication) => jobs.get(jobId)?.deleted_at === null
    const { groups, refused } = withOneOpen(made.filter(isThere), await findOpenOf(app.db, user.id, jobIds))
    const message = 'has an open application already'
    return {
      groups,
      errors: [
        ...made.filter((one) => !isThere(one)).map(({ index }) => withoutId(notThere({ index, id: '' }, 'job', places))),
        ...refused.map(({ index }) =>
          alreadyOpen({ index }, [{ field: place(index, 'job_id'), code: 'application_already_open', message }]),
        ),
      ],
    }
  },
  write: async ({ app, bulkId, now }, part) => {
    const types = { id: 'uuid', job_id: 'uuid', ...ownColumnTypes, ...standingColumnTypes, events: 'jsonb', interviews: 'jsonb' }
    const columns = sql.raw(
      Object.entries(types)
        .map(([name, type]) => `${name} ${type}`)
        .join(', '),
    )
    await addApplications(
      app.db,
      user.id,
      sql`
        select *, ${now}::timestamptz as created_at, ${now}::timestamptz as updated_at, null::timestamptz as deleted_at, false as deleted_with_job
        from json_to_recordset(${JSON.stringify(part.map(({ row }) => row))}::json) as said (${columns})`,
    )
    await keepImages(
      app.db,
      user.id,
      bulkId,
      'applications',
      sql`select id as record_id, index, false as along, null::int as version_before, 1 as version_after, null::jsonb as was from ${targetRows(part)}`,
    )
  },
})

// It has none yet.
const withoutId = ({ id: _, ...error }: BulkError): BulkError => error
