import { v7 as uuidv7 } from 'uuid'
import { apiBase } from '../../../contract/endpoint.ts'
import type { Import, ImportInput, ImportListQuery } from '../../../contract/imports.ts'
import { importRowsAtOnce } from '../../../contract/imports.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import { AppError, notFound } from '../../errors.ts'
import { Answer } from '../../http/answer.ts'
import type { Upload } from '../../http/uploads.ts'
import type { User } from '../../http/who-is-asking.ts'
import type { Clock } from '../applications/history.ts'
import { getSettings } from '../settings/settings.ts'
import { failInterrupted, isBusy, runLater } from './background.ts'
import { completeImport, type Order } from './carry-out.ts'
import { looksLikeHeader } from './mapping/aliases.ts'
import { type Plan, planOf, signatureOf } from './mapping/plan.ts'
import type { Survey } from './mapping/survey.ts'
import { findImport, findMapping, insertImport, listImportRecords, type NewImport } from './queries.ts'
import { openTable, type Table } from './reading/table.ts'
import { shown } from './rows/problems.ts'

/** A preview is looked at while it is made, so it may take longer than an import before it moves behind the scenes. */
const previewRowsAtOnce = 20_000

export async function createImport(app: App, user: User, input: ImportInput, file: Upload): Promise<Import | Answer<Import>> {
  const started = performance.now()
  const table = await openTable(file.path, looksLikeHeader)
  const remembered = await findMapping(app.db, user.id, signatureOf(table.columns))
  const { plan, survey } = await planOf(table, input, remembered ?? null)
  if (!input.dry_run) refuseOpenQuestions(plan)

  const clock: Clock = { now: app.now().toISOString(), timezone: (await getSettings(app, user)).timezone }
  const id = uuidv7()
  const record = recordOf(id, input, file.filename, table, plan, survey, clock.now)
  const order: Order = { importId: id, table, plan, clock, input }
  const isLong = survey.total > (input.dry_run ? previewRowsAtOnce : importRowsAtOnce)
  if (isLong || (!input.dry_run && isBusy(app, user))) {
    await runLater(app, user, record, file, (moved) => openTable(moved, looksLikeHeader).then((table) => ({ ...order, table })))
    return new Answer(202, await getImport(app, user, id), { location: `${apiBase}/imports/${id}` })
  }
  return inTransaction(app, async (app) => {
    await insertImport(app.db, user.id, { ...record, status: 'running', owner: null })
    await completeImport(app, user, order, started, async () => {})
    return getImport(app, user, id)
  })
}

export async function getImport(app: App, user: User, id: string): Promise<Import> {
  await failInterrupted(app)
  const found = await findImport(app.db, user.id, id)
  if (!found) throw notFound('import')
  return found
}

export async function findImports(app: App, user: User, query: ImportListQuery) {
  await failInterrupted(app)
  return listImportRecords(app.db, user.id, query)
}

/** What only the person can know must be said before anything is written. */
function refuseOpenQuestions(plan: Plan): void {
  if (plan.missing.length > 0) {
    const columns = plan.columns.slice(0, 20).map(({ name }) => JSON.stringify(shown(name, 60)))
    throw new AppError(
      'validation_failed',
      `No column is known as ${plan.missing.join(' or ')}, and no row can be imported without. Say in mapping.columns which one it is; the columns are ${columns.join(', ')}.`,
      {
        fieldErrors: plan.missing.map((target) => ({
          field: 'mapping.columns',
          code: 'missing_column',
          message: `must name a column for ${target}`,
        })),
      },
    )
  }
  if (plan.ambiguous.length === 0) return
  const told = plan.ambiguous.map(({ column, readings }) => {
    const said = readings.map(({ date_format, day }) => `${day} with ${date_format}`).join(', ')
    return {
      field: 'mapping.date_format',
      code: 'ambiguous_date_format',
      message: `is needed: ${JSON.stringify(readings[0]?.value)} in column ${JSON.stringify(column)} is ${said}`,
    }
  })
  throw new AppError('ambiguous_date_format', `Day and month cannot be told apart. mapping.date_format ${told[0]?.message}.`, {
    fieldErrors: told,
  })
}

function recordOf(
  id: string,
  input: ImportInput,
  filename: string,
  table: Table,
  plan: Plan,
  survey: Survey,
  now: string,
): Omit<NewImport, 'owner'> {
  const isPreview = input.dry_run
  const statuses = Object.fromEntries(plan.statusWords.map(({ word, status }) => [word, status]))
  return {
    id,
    kind: plan.kind,
    format: table.format,
    preset: plan.own ? 'landed' : (plan.preset?.name ?? null),
    filename: shown(filename, 255),
    status: 'queued',
    dry_run: input.dry_run,
    mode: input.mode,
    on_duplicate: input.on_duplicate,
    total: survey.total,
    mapping: {
      columns: Object.fromEntries(plan.columns.map(({ name, target }) => [name, target])),
      statuses: plan.kind === 'applications' ? (statuses as Import['mapping']['statuses']) : {},
      date_format: plan.dateFormat,
      create_jobs: plan.createJobs,
      include_personal: plan.includePersonal,
    },
    columns: plan.columns.map(({ name, at, target, from }) => ({
      name,
      field: target,
      from,
      samples: isPreview ? (survey.samples[at] ?? []) : [],
    })),
    first_rows: isPreview ? survey.firstRows : [],
    unmapped_columns: plan.columns.filter(({ target }) => target === null).map(({ name }) => name),
    missing_fields: plan.missing,
    status_mapping: statuses,
    status_words: plan.statusWords,
    ambiguous_dates: plan.ambiguous,
    created_at: now,
    delimiter: table.delimiter,
  }
}
