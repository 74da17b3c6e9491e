import { sql } from 'kysely'
import { Job, JobInput } from '../../../contract/jobs.ts'
import type { App } from '../../app.ts'
import { idsInOrder } from '../../database/ids.ts'
import type { User } from '../../http/who-is-asking.ts'
import { addJobs, jobColumnTypes } from '../jobs/many.ts'
import type { Request } from './carry-out.ts'
import { readEntries } from './entries.ts'
import type { Target } from './errors.ts'
import { keepImages, targetRows } from './images.ts'
import type { Operation } from './operation.ts'

type NewJob = Target & { said: JobInput }

export async function creationOfJobs(sent: readonly unknown[], user: User): Promise<(app: App) => Promise<Request>> {
  const { entries, errors } = await readEntries(sent, JobInput, 'jobs', Job)
  const newId = idsInOrder()
  const jobs = entries.map((entry) => ({ ...entry, id: newId() }))
  const operation: Operation<NewJob> = {
    check: async () => ({ groups: [jobs], errors: [] }),
    write: async ({ app, bulkId, now }, part) => {
      const rows = JSON.stringify(part.map(({ id, said }) => ({ id, ...said })))
      const types = sql.raw(
        Object.entries({ id: 'uuid', ...jobColumnTypes })
          .map(([name, type]) => `${name} ${type}`)
          .join(', '),
      )
      await addJobs(
        app.db,
        user.id,
        sql`
            select *, ${now}::timestamptz as created_at, ${now}::timestamptz as updated_at, null::timestamptz as deleted_at
            from json_to_recordset(${rows}::json) as said (${types})`,
      )
      await keepImages(
        app.db,
        user.id,
        bulkId,
        'jobs',
        sql`select id as record_id, index, false as along, null::int as version_before, 1 as version_after, null::jsonb as was from ${targetRows(part)}`,
      )
    },
  }
  return async () => ({ total: sent.length, errors, operation })
}
