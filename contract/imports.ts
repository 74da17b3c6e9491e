import { z } from 'zod'
import { ApplicationStatus } from './applications.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

export const importMaxBytes = 200 * 1024 * 1024
/** Up to so many rows an import is done when it is answered; with more it is answered at once and runs on. */
export const importRowsAtOnce = 2_000

export const ImportKind = z.enum(['jobs', 'applications'])
export type ImportKind = z.output<typeof ImportKind>

/** What a column may be: of a job … */
export const jobTargets = [
  'company',
  'title',
  'location',
  'remote_option',
  'job_type',
  'description',
  'requirements',
  'responsibilities',
  'salary',
  'salary_min',
  'salary_max',
  'salary_currency',
  'salary_period',
  'tech_stack',
  'tags',
  'url',
  'source',
  'priority',
  'posted_on',
  'deadline_on',
  'created_at',
  'source_id',
  'status',
  'archived',
  'notes',
] as const

/** … and of an application, whose row tells its job too. `status` and `notes` are then the application's. */
export const applicationTargets = [
  ...jobTargets,
  'job_id',
  'applied_on',
  'response_on',
  'screening_on',
  'interview_on',
  'offer_on',
  'accepted_on',
  'rejected_on',
  'withdrawn_on',
  'status_since',
  'stage_history',
  'follow_up_on',
  'contact_name',
  'contact_role',
  'contact_email',
  'contact_phone',
  'contact_url',
  'answers',
] as const

/** Of our own export only: taken as they stand. */
export const ownTargets = [
  'id',
  'match_score',
  'application_status',
  'interview_at',
  'interview_feedback',
  'contacts',
  'reminders_muted',
  'version',
  'updated_at',
  'deleted_at',
] as const

/** Imported only with `include_personal`. */
export const personalTargets = ['contact_email', 'contact_phone', 'answers'] as const

export const importTargets = { jobs: jobTargets, applications: applicationTargets } as const

export const ImportTarget = z.enum([...applicationTargets, ...ownTargets]).meta({ id: 'ImportTarget' })
export type ImportTarget = z.output<typeof ImportTarget>

export const DateFormat = z.enum(['ymd', 'dmy', 'mdy'])
export type DateFormat = z.output<typeof DateFormat>

// DD/MM/YYYY, d.m.yy and dmy say the same.
const orderOfParts = (text: unknown) =>
  typeof text === 'string' && /^[dmy\W]+$/i.test(text) ? [...new Set(text.toLowerCase().replace(/[^dmy]/g, ''))].join('') : text

export const ImportMapping = z
  .strictObject({
    columns: z.record(z.string(), ImportTarget.nullable()).meta({
      description:
        'Column to field; null leaves a column out. Columns that are not named are mapped as suggested. A second column of one name is `Name#2`, one without a name `Column 3`.',
      examples: [{ Employer: 'company', Role: 'title', 'My remarks': null }],
    }),
    statuses: z.record(z.string(), ApplicationStatus.nullable()).meta({
      description: 'What your words for a stage mean; null refuses the rows that have it',
      examples: [{ 'Waiting to hear': 'applied' }],
    }),
    date_format: z
      .preprocess((text: unknown) => orderOfParts(text), DateFormat.nullable())
      .meta({ description: 'Order of day, month and year where a column leaves it open: `ymd`, `dmy` or `mdy`', examples: ['dmy'] }),
    create_jobs: z.boolean().meta({
      description:
        'Applications: add the job where none matches. Without a word about it, done for `kind=auto` when the file has no job ids, else not.',
    }),
    include_personal: z.boolean().meta({ description: 'Also take e-mail addresses, phone numbers and answers to questionnaires' }),
  })
  .partial()
  .meta({ id: 'ImportMapping' })
export type ImportMapping = z.output<typeof ImportMapping>

/** Multipart fields are text, so a mapping arrives as JSON. */
const mappingField = z
  .preprocess((sent: string | z.input<typeof ImportMapping>, context) => {
    if (typeof sent !== 'string') return sent
    if (sent.trim() === '') return {}
    try {
      return JSON.parse(sent) as unknown
    } catch (error) {
      context.addIssue({ code: 'custom', message: `must be JSON: ${(error as Error).message}` })
      return z.NEVER
    }
  }, ImportMapping)
  .meta({ description: 'JSON. What is left out is taken from the mapping remembered for this header, else as suggested.' })

export const ImportInput = z
  .strictObject({
    kind: z.enum(['auto', 'jobs', 'applications']).default('auto'),
    mapping: mappingField.optional(),
    on_duplicate: z
      .enum(['skip', 'update', 'create'])
      .default('skip')
      .meta({ description: 'What to do with a row whose record is here already: leave it, bring it up to date, or add another' }),
    mode: z
      .enum(['partial', 'atomic'])
      .default('partial')
      .meta({ description: '`partial`: what is valid goes in. `atomic`: all rows or none.' }),
    dry_run: z
      .preprocess((value: unknown) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())
      .default(false)
      .meta({ description: 'Only tell what would happen, with suggestions for the mapping' }),
  })
  .meta({ id: 'ImportInput' })
export type ImportInput = z.output<typeof ImportInput>

export const ImportStatus = z.enum(['queued', 'running', 'completed', 'failed', 'undone'])
export type ImportStatus = z.output<typeof ImportStatus>

export const ImportOutcome = z.enum(['created', 'updated', 'skipped', 'failed'])
export type ImportOutcome = z.output<typeof ImportOutcome>

/** What is to be said about one row: why it failed or was skipped, or what to look at. */
export const ImportProblem = z
  .strictObject({
    row: z.int().meta({ description: "The file's own number, header = 1, as a spreadsheet shows it", examples: [14] }),
    column: z
      .string()
      .nullable()
      .meta({ examples: ['Date Applied'] }),
    value: z
      .string()
      .nullable()
      .meta({ examples: ['31.02.2026'] }),
    code: z.string().meta({ description: 'Stable', examples: ['invalid_date'] }),
    message: z.string().meta({ examples: ['must be a day that exists, such as 2026-02-28'] }),
  })
  .meta({ id: 'ImportProblem' })
export type ImportProblem = z.output<typeof ImportProblem>

export const ImportColumn = z
  .strictObject({
    name: z.string().meta({ examples: ['Employer'] }),
    field: ImportTarget.nullable().meta({ description: 'What it is imported as; null: left out' }),
    from: z
      .enum(['sent', 'remembered', 'preset', 'name', 'none'])
      .meta({ description: 'Who said so: you now, you last time, the known format, or the name of the column' }),
    samples: z.array(z.string()).meta({ description: 'Up to three different values, with a dry run', examples: [['Northwind Labs']] }),
  })
  .meta({ id: 'ImportColumn' })
export type ImportColumn = z.output<typeof ImportColumn>

export const ImportStatusWord = z
  .strictObject({
    word: z.string().meta({ examples: ['Phone Screen'] }),
    count: z.int().meta({ examples: [12] }),
    status: z
      .string()
      .nullable()
      .meta({ description: 'What it is imported as; null: its rows are refused', examples: ['screening'] }),
    suggestion: ApplicationStatus.nullable().meta({ description: 'A guess for a word that is not known; it is not applied by itself' }),
  })
  .meta({ id: 'ImportStatusWord' })
export type ImportStatusWord = z.output<typeof ImportStatusWord>

export const AmbiguousDates = z
  .strictObject({
    column: z.string().meta({ examples: ['Applied'] }),
    readings: z.array(
      z.strictObject({
        date_format: DateFormat,
        value: z.string().meta({ examples: ['03/04/2026'] }),
        day: f.Day.meta({ description: 'What `value` is, read that way', examples: ['2026-04-03'] }),
      }),
    ),
  })
  .meta({ id: 'AmbiguousDates' })
export type AmbiguousDates = z.output<typeof AmbiguousDates>

export const ImportUndo = z
  .strictObject({
    undone_at: f.Instant,
    removed: z.int().meta({ description: 'Records that the import had created' }),
    restored: z.int().meta({ description: 'Records that are again what they were before' }),
    left: z.int().meta({ description: 'Records that were changed since and therefore stay' }),
    left_records: z
      .array(z.strictObject({ kind: ImportKind, id: f.Id, company: z.string(), title: z.string(), reason: z.string() }))
      .meta({ description: 'The first 100 of those left' }),
  })
  .meta({ id: 'ImportUndo' })
export type ImportUndo = z.output<typeof ImportUndo>

export const Import = z
  .strictObject({
    id: f.Id,
    kind: ImportKind,
    format: z.enum(['csv', 'json']),
    preset: z
      .string()
      .nullable()
      .meta({ description: 'The format it was recognised as; `landed` is our own export', examples: ['linkedin_applications'] }),
    filename: z.string().meta({ examples: ['Job Applications.csv'] }),
    status: ImportStatus,
    dry_run: z.boolean(),
    mode: z.enum(['partial', 'atomic']),
    on_duplicate: z.enum(['skip', 'update', 'create']),
    total: z.int().meta({ description: 'Data rows of the file = created + updated + skipped + failed, when it has ended' }),
    processed: z.int(),
    created: z.int(),
    updated: z.int(),
    skipped: z.int(),
    failed: z.int(),
    errors: z.array(ImportProblem).meta({ description: 'The first 100 reasons of rows that failed; GET /imports/{id}/rows has all' }),
    warnings: z.array(ImportProblem).meta({ description: 'The first 100 things to look at in rows that went in' }),
    mapping: ImportMapping.meta({ description: 'The whole mapping that was used; send it back, changed, to import another way' }),
    columns: z.array(ImportColumn),
    first_rows: z.array(z.array(z.string())).meta({ description: 'Up to five, as they came, with a dry run' }),
    unmapped_columns: z.array(z.string()),
    missing_fields: z
      .array(ImportTarget)
      .meta({ description: 'Fields that no column is mapped to and without which nothing can be imported' }),
    status_mapping: z.record(z.string(), z.string().nullable()).meta({ examples: [{ 'Phone Screen': 'screening' }] }),
    status_words: z.array(ImportStatusWord).meta({ description: 'Most frequent first; at most 200' }),
    ambiguous_dates: z
      .array(AmbiguousDates)
      .meta({ description: 'Columns in which day and month cannot be told apart: send `mapping.date_format`' }),
    problem: z
      .strictObject({ code: z.string().meta({ examples: ['interrupted'] }), message: z.string() })
      .nullable()
      .meta({ description: 'Why the whole import failed' }),
    undo: ImportUndo.nullable(),
    created_at: f.Instant,
    finished_at: f.Instant.nullable(),
    duration_ms: z.int().nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.output<typeof Import>

export const ImportRow = z
  .strictObject({
    row: z.int().meta({ examples: [14] }),
    outcome: ImportOutcome,
    job_id: f.Id.nullable(),
    application_id: f.Id.nullable(),
    cells: z
      .record(z.string(), z.string())
      .nullable()
      .meta({
        description: 'By column, as they came; only of rows that failed',
        examples: [{ Company: 'Northwind Labs', Date: '31.02.2026' }],
      }),
    problems: z.array(ImportProblem),
  })
  .meta({ id: 'ImportRow' })
export type ImportRow = z.output<typeof ImportRow>

export const importSorts = ['created_at'] as const

export const ImportListQuery = z.strictObject({
  status: f.many(ImportStatus),
  dry_run: f.QueryFlag.meta({ description: 'true: only dry runs; left out or false: only real imports' }),
  ...f.page,
  sort: f.sortOf(importSorts).default('-created_at'),
})
export type ImportListQuery = z.output<typeof ImportListQuery>

export const ImportRowsQuery = z.strictObject({
  outcome: f.many(ImportOutcome),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: '`csv`: the failed rows as they came, with a column `reason` before them' }),
  ...f.page,
})
export type ImportRowsQuery = z.output<typeof ImportRowsQuery>

const byId = z.strictObject({ id: f.Id })

export const imports = {
  create: {
    method: 'POST',
    path: '/imports',
    summary: 'Import jobs or applications from a file',
    description:
      'CSV (comma, semicolon, tab or bar; any usual encoding) or JSON. Up to 2,000 rows are done when the answer comes (`201`); more are answered with `202` and go on: read the import until its `status` is neither `queued` nor `running`. Row problems are in the import; only a file that cannot be read, or a question that you must answer first, is a problem answer. A dry run asks those questions in its answer instead.',
    access: 'write',
    upload: { maxBytes: importMaxBytes },
    body: ImportInput,
    returns: Import,
    status: 201,
    otherStatuses: [202],
    location: '/imports/{id}',
    idempotent: true,
    problems: ['payload_too_large', 'unsupported_media_type', 'ambiguous_date_format'],
  },
  list: {
    method: 'GET',
    path: '/imports',
    summary: 'List imports',
    access: 'read',
    query: ImportListQuery,
    returns: f.listOf(Import).meta({ id: 'ImportList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  get: {
    method: 'GET',
    path: '/imports/{id}',
    summary: 'Read an import, also while it runs',
    access: 'read',
    params: byId,
    returns: Import,
    status: 200,
    problems: ['not_found'],
  },
  rows: {
    method: 'GET',
    path: '/imports/{id}/rows',
    summary: 'What became of each row',
    description: 'Of a dry run only the rows about which there is something to say.',
    access: 'read',
    params: byId,
    query: ImportRowsQuery,
    returns: f.listOf(ImportRow).meta({ id: 'ImportRowList' }),
    streams: ['text/csv'],
    status: 200,
    problems: ['not_found', 'invalid_query', 'invalid_cursor'],
  },
  undo: {
    method: 'POST',
    path: '/imports/{id}/undo',
    summary: 'Take an import back',
    description:
      'What it created is removed, what it updated is again what it was. What was changed since stays and is named in `undo.left_records`.',
    access: 'write',
    params: byId,
    returns: Import,
    status: 200,
    problems: ['not_found', 'conflict'],
  },
} as const satisfies Endpoints
