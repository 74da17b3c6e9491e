import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Contact, Interview } from '../../../../contract/applications.ts'
import { type ExportKind, pdfLimits } from '../../../../contract/exports.ts'
import type { ApplicationStatus } from '../../../../contract/jobs.ts'
import { orderOf, type Selection } from '../../../database/keyset.ts'
import type { Tables } from '../../../database/tables.ts'
import { AppError } from '../../../errors.ts'
import { applicationFields, jobFields } from '../fields.ts'

/** Of a record only what a page can hold, so that two thousand with a book in each are still small. */
export type Row = Record<string, unknown> & {
  history: [status: ApplicationStatus, day: string][]
  contacts: Contact[]
  interviews: Pick<Interview, 'round' | 'kind' | 'starts_at' | 'status'>[]
}

const longestText = 2_400
const mostEntries = 24

const history = sql`(
  select coalesce(json_agg(json_build_array(e.to_status, e.occurred_on) order by e.occurred_at, e.recorded_at, e.id), '[]')
  from (
    select * from application_events e
    where e.user_id = applications.user_id and e.application_id = applications.id and e.to_status is not null
    order by e.occurred_at desc, e.recorded_at desc, e.id desc limit ${sql.lit(mostEntries)}
  ) as e)`

const interviews = sql`(
  select coalesce(json_agg(json_build_object(
    'round', i.round, 'kind', i.kind, 'starts_at', to_char(i.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'status', i.status) order by i.starts_at, i.id), '[]')
  from (
    select * from interviews i where i.user_id = applications.user_id and i.application_id = applications.id
    order by i.starts_at desc, i.id desc limit ${sql.lit(mostEntries)}
  ) as i)`

const contacts = sql`jsonb_path_query_array(applications.contacts, '$[0 to 2]')`

const sources: Record<ExportKind, Record<string, RawBuilder<unknown>>> = {
  jobs: shortened(jobFields),
  applications: {
    ...shortened(applicationFields),
    history,
    interviews,
    interview_feedback: interviews,
    contacts,
    url: sql`jobs.url`,
    source: sql`left(jobs.source, 200)`,
  },
}

function shortened(fields: typeof jobFields): Record<string, RawBuilder<unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { source, kind }]) => {
      if (kind === 'text') return [name, sql`left(${source}, ${sql.lit(longestText)})`]
      return [name, kind === 'words' ? sql`(${source})[1:${sql.lit(mostEntries)}]` : source]
    }),
  )
}

/** The records of a selection in its order. Throws `too_many_records`. */
export async function readRows(db: Kysely<Tables>, kind: ExportKind, names: readonly string[], selection: Selection): Promise<Row[]> {
  const columns = sql.join(names.map((name) => sql`${sources[kind][name]!} as ${sql.ref(name)}`))
  const { rows } = await sql<Row>`
    select ${columns} from ${selection.from} where ${selection.where} order by ${orderOf(selection)} limit ${pdfLimits.records + 1}`.execute(
    db,
  )
  if (rows.length > pdfLimits.records) {
    throw new AppError(
      'too_many_records',
      `The filter matches more than the ${pdfLimits.records.toLocaleString('en')} ${kind} that a PDF holds. Narrow it, such as by dates, or take format=csv, which has no limit.`,
    )
  }
  return rows
}
