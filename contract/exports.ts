import { z } from 'zod'
import { Application, ApplicationSort, applicationFilter } from './applications.ts'
import { applicationCsvColumns, jobCsvColumns } from './csv.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { Job, JobSort, jobFilter } from './jobs.ts'

/** Of the JSON file's layout: rises when a reader of the present one could not read the next. */
export const exportVersion = 1

export const ExportFormat = z.enum(['json', 'csv', 'pdf'])
export type ExportFormat = z.output<typeof ExportFormat>
/** Files for programs; a PDF is for people. */
export type DataFormat = Exclude<ExportFormat, 'pdf'>

export type ExportKind = 'jobs' | 'applications'

/** What a file holds when `fields` is left out, in this order. */
export const wholeRecord: Record<ExportKind, Record<DataFormat, readonly string[]>> = {
  jobs: { json: Object.keys(Job.shape), csv: jobCsvColumns },
  applications: { json: Object.keys(Application.shape), csv: applicationCsvColumns },
}

/** What `fields` may name. JSON takes the columns of the CSV too, so that one choice of fields serves both; so does a PDF. */
export const exportFields: Record<ExportKind, Record<ExportFormat, readonly string[]>> = {
  jobs: { ...wholeRecord.jobs, pdf: jobCsvColumns },
  applications: {
    json: [...new Set([...wholeRecord.applications.json, ...wholeRecord.applications.csv])],
    csv: wholeRecord.applications.csv,
    pdf: [...applicationCsvColumns, 'history'],
  },
}

export const pdfLimits = {
  /** A book of a hundred pages is still a report; beyond it, nobody reads on. */
  records: 2_000,
  /** As many as fit beside each other on a sheet that lies across. */
  fields: 8,
} as const

export const PdfLayout = z.enum(['report', 'proof-of-search'])
export type PdfLayout = z.output<typeof PdfLayout>
export const Paper = z.enum(['a4', 'letter'])
export type Paper = z.output<typeof Paper>

const fileOptions = {
  format: ExportFormat.default('json'),
  fields: z
    .preprocess(
      (value) => (value === undefined ? value : [...new Set([value].flat().flatMap((names) => String(names).split(',')))]),
      z.array(z.string()),
    )
    .optional()
    .meta({ description: 'Only these, in this order; separated by commas', examples: ['company,title,status'] }),
  bom: f.QueryFlag.meta({ description: 'CSV: begin with a byte order mark, by which Excel knows UTF-8' }),
  limit: f.queryInteger(1, 200).optional().meta({ description: 'JSON: a page of so many records instead of all' }),
  cursor: f.page.cursor.meta({ description: 'JSON: `next_cursor` of the page before' }),
  layout: PdfLayout.optional().meta({
    description:
      'PDF: `report` (as it comes), with figures and charts; `proof-of-search`, for applications: one line each, by week, with a place to sign',
  }),
  paper: Paper.optional().meta({ description: 'PDF: as is usual where your language is spoken when left out' }),
}

type FileOptions = z.output<z.ZodObject<typeof fileOptions>>

const optionsFit = (kind: ExportKind) => (query: FileOptions, context: z.core.$RefinementCtx) => {
  const refuse = (name: keyof FileOptions, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  const known = exportFields[kind][query.format]
  const unknown = query.fields?.filter((name) => !known.includes(name)) ?? []
  if (unknown.length > 0)
    refuse('fields', `cannot hold ${unknown.map((name) => JSON.stringify(name)).join(', ')}; known are ${known.join(', ')}`)
  if (query.format !== 'csv' && query.bom) refuse('bom', `goes with format=csv only; ${query.format} has none`)
  for (const name of ['limit', 'cursor'] as const) {
    if (query.format !== 'json' && query[name] !== undefined)
      refuse(name, `goes with format=json only; a ${query.format} file is always whole`)
  }
  for (const name of ['layout', 'paper'] as const) {
    if (query.format !== 'pdf' && query[name] !== undefined) refuse(name, 'goes with format=pdf only')
  }
  if (query.format !== 'pdf') return
  if (kind === 'jobs' && query.layout === 'proof-of-search')
    refuse('layout', 'can be proof-of-search for applications only: a job alone proves no search. Jobs have layout=report')
  const named = query.fields?.length ?? 0
  if (named > pdfLimits.fields) refuse('fields', `names ${named}; a page has room for ${pdfLimits.fields}. Name fewer, or take format=csv`)
  if (named > 0 && query.layout === 'proof-of-search')
    refuse('fields', 'goes with layout=report only; a proof of search has columns of its own')
}

const exportOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    exported_at: f.Instant,
    version: z.literal(exportVersion),
    filters: z.record(z.string(), z.unknown()).meta({
      description: 'The parameters of the filter it was made with; empty: everything that is not in the trash',
      examples: [{ status: ['open'] }],
    }),
    items: z.array(item).meta({ description: 'Whole records, or of each what `fields` named' }),
    next_cursor: z.string().nullable().optional().meta({ description: 'Only with `limit` or `cursor`; null: this was the last page' }),
    count: z.int().meta({ description: 'Of the items in this file; it comes last, as proof that the file is complete', examples: [117] }),
  })

export const JobExport = exportOf(Job.partial()).meta({ id: 'JobExport' })
export const ApplicationExport = exportOf(
  Application.extend({ company: z.string(), title: z.string(), interview_feedback: Application.shape.interviews }).partial(),
).meta({ id: 'ApplicationExport' })

export const JobExportQuery = z
  .strictObject({ ...fileOptions, ...jobFilter, sort: JobSort.default('-created_at') })
  .superRefine(optionsFit('jobs'))
export type JobExportQuery = z.output<typeof JobExportQuery>

export const ApplicationExportQuery = z
  .strictObject({ ...fileOptions, ...applicationFilter, sort: ApplicationSort.default('-updated_at') })
  .superRefine(optionsFit('applications'))
export type ApplicationExportQuery = z.output<typeof ApplicationExportQuery>

const description =
  'A file of everything that the list with the same filter and sort shows, streamed. A file that broke off is told by its connection, and a JSON file by its missing `count`. A PDF is a report to hand to somebody, of up to 2,000 records.'

export const exports = {
  jobs: {
    method: 'GET',
    path: '/exports/jobs',
    summary: 'Export jobs',
    description,
    access: 'read',
    query: JobExportQuery,
    returns: JobExport,
    streams: ['application/json', 'text/csv', 'application/pdf'],
    status: 200,
    problems: ['invalid_query', 'invalid_cursor', 'too_many_records', 'overloaded'],
  },
  applications: {
    method: 'GET',
    path: '/exports/applications',
    summary: 'Export applications',
    description,
    access: 'read',
    query: ApplicationExportQuery,
    returns: ApplicationExport,
    streams: ['application/json', 'text/csv', 'application/pdf'],
    status: 200,
    problems: ['invalid_query', 'invalid_cursor', 'too_many_records', 'overloaded'],
  },
} as const satisfies Endpoints
