import { z } from 'zod'
import { Application, ApplicationSort, applicationFilter } from './applications.ts'
import { applicationCsvColumns, jobCsvColumns } from './csv.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { Job, JobSort, jobFilter } from './jobs.ts'

/** Of the JSON file's layout: rises when a reader of the present one could not read the next. */
export const exportVersion = 1

export const ExportFormat = z.enum(['json', 'csv'])
export type ExportFormat = z.output<typeof ExportFormat>

export type ExportKind = 'jobs' | 'applications'

/** What a file holds when `fields` is left out, in this order. */
export const wholeRecord: Record<ExportKind, Record<ExportFormat, readonly string[]>> = {
  jobs: { json: Object.keys(Job.shape), csv: jobCsvColumns },
  applications: { json: Object.keys(Application.shape), csv: applicationCsvColumns },
}

/** What `fields` may name. JSON takes the columns of the CSV too, so that one choice of fields serves both. */
export const exportFields: typeof wholeRecord = {
  jobs: wholeRecord.jobs,
  applications: {
    json: [...new Set([...wholeRecord.applications.json, ...wholeRecord.applications.csv])],
    csv: wholeRecord.applications.csv,
  },
}

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
}

type FileOptions = z.output<z.ZodObject<typeof fileOptions>>

const optionsFit = (kind: ExportKind) => (query: FileOptions, context: z.core.$RefinementCtx) => {
  const refuse = (name: keyof FileOptions, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  const known = exportFields[kind][query.format]
  const unknown = query.fields?.filter((name) => !known.includes(name)) ?? []
  if (unknown.length > 0)
    refuse('fields', `cannot hold ${unknown.map((name) => JSON.stringify(name)).join(', ')}; known are ${known.join(', ')}`)
  if (query.format === 'json' && query.bom) refuse('bom', 'goes with format=csv only; JSON has none')
  for (const name of ['limit', 'cursor'] as const) {
    if (query.format !== 'json' && query[name] !== undefined)
      refuse(name, `goes with format=json only; a ${query.format} file is always whole`)
  }
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
  'A file of everything that the list with the same filter and sort shows, streamed. A file that broke off is told by its connection, and a JSON file by its missing `count`.'

export const exports = {
  jobs: {
    method: 'GET',
    path: '/exports/jobs',
    summary: 'Export jobs',
    description,
    access: 'read',
    query: JobExportQuery,
    returns: JobExport,
    streams: ['application/json', 'text/csv'],
    status: 200,
    problems: ['invalid_query', 'invalid_cursor', 'overloaded'],
  },
  applications: {
    method: 'GET',
    path: '/exports/applications',
    summary: 'Export applications',
    description,
    access: 'read',
    query: ApplicationExportQuery,
    returns: ApplicationExport,
    streams: ['application/json', 'text/csv'],
    status: 200,
    problems: ['invalid_query', 'invalid_cursor', 'overloaded'],
  },
} as const satisfies Endpoints
