import { Readable } from 'node:stream'
import type { Application } from '../../../contract/applications.ts'
import {
  type ApplicationExportQuery,
  type DataFormat,
  type ExportFormat,
  type ExportKind,
  exportVersion,
  type JobExportQuery,
  wholeRecord,
} from '../../../contract/exports.ts'
import type { App } from '../../app.ts'
import { dayOf } from '../../calendar.ts'
import type { Framing } from '../../database/copy-out.ts'
import type { Page, Selection } from '../../database/keyset.ts'
import { streamCopy } from '../../database/stream-copy.ts'
import type { FileAnswer } from '../../http/answer.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findApplications, selectApplications } from '../applications/applications.ts'
import { findJobs, selectJobs } from '../jobs/jobs.ts'
import { getSettings } from '../settings/settings.ts'
import { applicationFields, jobFields } from './fields.ts'
import { type Columns, csvRows, jsonRows } from './statements.ts'

type Wanted = { kind: ExportKind; format: DataFormat; names: readonly string[]; bom: boolean; filters: object }

const defaultPage = 50
const knownFields = { jobs: jobFields, applications: applicationFields }

type HungUp = () => AbortSignal

// A start need not wait for what is asked for now and then.
const pdfs = () => import('./pdf/pdf.ts')

export async function exportJobs(app: App, user: User, query: JobExportQuery, hungUp: HungUp): Promise<FileAnswer> {
  const { format, fields, bom = false, limit, cursor, layout: _, paper: __, sort, ...filters } = query
  if (format === 'pdf') return pdfFile(app, user, 'jobs', await (await pdfs()).pdfOfJobs(app, user, query, hungUp()))
  const wanted: Wanted = { kind: 'jobs', format, names: fields ?? wholeRecord.jobs[format], bom, filters }
  if (limit === undefined && cursor === undefined) {
    return wholeFile(app, user, wanted, await selectJobs(app, user, filters, sort))
  }
  return pageFile(app, user, wanted, await findJobs(app, user, { ...filters, sort, limit: limit ?? defaultPage, cursor }))
}

export async function exportApplications(app: App, user: User, query: ApplicationExportQuery, hungUp: HungUp): Promise<FileAnswer> {
  const { format, fields, bom = false, limit, cursor, layout: _, paper: __, sort, ...filters } = query
  if (format === 'pdf') return pdfFile(app, user, 'applications', await (await pdfs()).pdfOfApplications(app, user, query, hungUp()))
  const wanted: Wanted = { kind: 'applications', format, names: fields ?? wholeRecord.applications[format], bom, filters }
  if (limit === undefined && cursor === undefined) {
    return wholeFile(app, user, wanted, await selectApplications(app, user, filters, sort))
  }
  const page = await findApplications(app, user, { ...filters, sort, limit: limit ?? defaultPage, cursor })
  return pageFile(app, user, wanted, { ...page, items: page.items.map(withJobFields) })
}

const withJobFields = (application: Application) => ({
  ...application,
  company: application.job.company,
  title: application.job.title,
  interview_feedback: application.interviews,
})

async function wholeFile(app: App, user: User, wanted: Wanted, selection: Selection): Promise<FileAnswer> {
  const columns = wanted.names.map((name): Columns[number] => [name, knownFields[wanted.kind][name]!])
  const stream =
    wanted.format === 'csv'
      ? await streamCopy(app, csvRows(columns, selection), csvFraming(wanted))
      : await streamCopy(app, jsonRows(columns, selection), jsonFraming(app, wanted))
  return { ...(await nameOf(app, user, wanted)), stream }
}

async function pageFile(app: App, user: User, wanted: Wanted, { items, next_cursor }: Page<object>): Promise<FileAnswer> {
  const { head, beforeFirst, between, tail } = jsonFraming(app, wanted, { next_cursor })
  const rows = items.map((item) => JSON.stringify(pick(item as Record<string, unknown>, wanted.names)))
  const text = `${head}${rows.length > 0 ? beforeFirst : ''}${rows.join(between)}${tail(rows.length)}`
  return { ...(await nameOf(app, user, wanted)), stream: Readable.from([text]) }
}

const pick = (item: Record<string, unknown>, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, item[name]]))

const csvFraming = ({ names, bom }: Wanted): Framing => ({
  head: `${bom ? '\uFEFF' : ''}${names.join(',')}`,
  beforeFirst: '\r\n',
  between: '\r\n',
  tail: () => '\r\n',
})

function jsonFraming(app: App, { filters }: Wanted, more: { next_cursor?: string | null } = {}): Framing {
  const before = JSON.stringify({ exported_at: app.now().toISOString(), version: exportVersion, filters })
  const after = (count: number) => JSON.stringify({ ...more, count })
  return {
    head: `${before.slice(0, -1)},"items":[`,
    beforeFirst: '\n',
    between: ',\n',
    tail: (count) => `\n],${after(count).slice(1)}\n`,
  }
}

async function pdfFile(app: App, user: User, kind: ExportKind, pdf: Buffer): Promise<FileAnswer> {
  return { ...(await nameOf(app, user, { kind, format: 'pdf' })), stream: Readable.from([pdf], { objectMode: false }) }
}

const types: Record<ExportFormat, string> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
}

async function nameOf(
  app: App,
  user: User,
  { kind, format }: { kind: ExportKind; format: ExportFormat },
): Promise<Omit<FileAnswer, 'stream'>> {
  const { timezone } = await getSettings(app, user)
  return { type: types[format], filename: `landed-${kind}-${dayOf(app.now().toISOString(), timezone)}.${format}` }
}
