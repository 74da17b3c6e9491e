import { z } from 'zod'
import { ApplicationChanges, ApplicationFilter, ApplicationInput } from './applications.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { JobChanges, JobFilter, JobInput, salaryInOrder, salaryMessage } from './jobs.ts'
import { BulkAlso, bulkCounts, TaskStarted } from './tasks.ts'

/** Many records in one request. Everything is checked before anything is written. */

export const bulkMaxItems = 10_000
export const bulkMaxBytes = 24 * 1024 * 1024
/** So long a bulk change can be undone. */
export const bulkUndoDays = 30

export const BulkKind = z.enum(['jobs', 'applications'])
export type BulkKind = z.output<typeof BulkKind>

const options = {
  mode: z
    .enum(['atomic', 'partial'])
    .default('atomic')
    .meta({ description: '`atomic`: all or nothing. `partial`: what is valid is applied.' }),
  dry_run: z.boolean().default(false).meta({ description: 'Only tell what would happen' }),
}

// --- what may be changed ---

const { version, ...jobChanges } = JobChanges.shape
const addedAndRemoved = {
  add_tags: f.Words.optional().meta({ examples: [['dream job']] }),
  remove_tags: f.Words.optional(),
  add_skills: f.Words.optional().meta({ description: 'To `tech_stack`', examples: [['TypeScript']] }),
  remove_skills: f.Words.optional(),
}

type Lists = { tags?: unknown; tech_stack?: unknown } & { [Name in keyof typeof addedAndRemoved]?: unknown }
const oneWay = (change: Lists) => (change.add_tags ?? change.remove_tags) === undefined || change.tags === undefined
const oneWayMessage = { path: ['tags'], error: 'cannot be sent together with add_tags or remove_tags' }
const oneWaySkills = (change: Lists) => (change.add_skills ?? change.remove_skills) === undefined || change.tech_stack === undefined
const oneWaySkillsMessage = { path: ['tech_stack'], error: 'cannot be sent together with add_skills or remove_skills' }

const saysSomething = (change: object) => Object.values(change).some((value) => value !== undefined)
const saysSomethingMessage = 'must name at least one field'

/** One change for many jobs. */
export const JobBulkChanges = z
  .strictObject({ ...jobChanges, ...addedAndRemoved })
  .refine(saysSomething, saysSomethingMessage)
  .refine(salaryInOrder, salaryMessage)
  .refine(oneWay, oneWayMessage)
  .refine(oneWaySkills, oneWaySkillsMessage)
  .meta({ id: 'JobBulkChanges', examples: [{ status: 'archived', add_tags: ['summer'] }] })
export type JobBulkChanges = z.output<typeof JobBulkChanges>

/** A job and what shall become of it. */
export const JobUpdate = z
  .strictObject({ id: f.Id, version, ...jobChanges, ...addedAndRemoved })
  .refine(salaryInOrder, salaryMessage)
  .refine(oneWay, oneWayMessage)
  .refine(oneWaySkills, oneWaySkillsMessage)
  .meta({ id: 'JobUpdate' })
export type JobUpdate = z.output<typeof JobUpdate>

const { version: _, ...applicationChanges } = ApplicationChanges.shape

/** One change for many applications: a status writes an event in each, by the rules of PATCH. */
export const ApplicationBulkChanges = z
  .strictObject(applicationChanges)
  .refine(saysSomething, saysSomethingMessage)
  .meta({ id: 'ApplicationBulkChanges', examples: [{ status: 'rejected' }] })
export type ApplicationBulkChanges = z.output<typeof ApplicationBulkChanges>

export const ApplicationUpdate = z.strictObject({ id: f.Id, ...ApplicationChanges.shape }).meta({ id: 'ApplicationUpdate' })
export type ApplicationUpdate = z.output<typeof ApplicationUpdate>

// --- bodies: `body` is all of it, for types and documentation; `frame` leaves the entries of lists to the handler ---

const anyEntry = z.array(z.unknown()).min(1).max(bulkMaxItems)
const ids = z
  .array(f.Id)
  .min(1)
  .max(bulkMaxItems)
  .meta({ examples: [['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e']] })

type Sent = { updates?: unknown; ids?: unknown; filter?: Record<string, unknown> | undefined; changes?: unknown; all?: boolean | undefined }

/** Whether a filter leaves anything out: a blank search does not, and `deleted=include` asks for even more. */
const isNarrow = (filter: Record<string, unknown>) =>
  Object.entries(filter).some(
    ([name, value]) =>
      value !== undefined &&
      !(name === 'deleted' && value === 'include') &&
      !(name === 'q' && typeof value === 'string' && value.trim() === ''),
  )

function refuseUnclear(sent: Sent, context: z.core.$RefinementCtx, selections: ('updates' | 'ids' | 'filter')[]): void {
  // Of a misspelt filter too little is left to judge it by.
  if (context.issues.length > 0) return
  const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
  const said = selections.filter((name) => sent[name] !== undefined)
  const choices = selections.join(' or ')
  const [first, second] = said
  if (!first) refuse(selections[0] as string, `is needed: say which records are meant by ${choices}`)
  if (second) refuse(second, `cannot be sent together with ${first}: say which records are meant by ${choices}`)
  if (said.length !== 1) return
  if (sent.all !== undefined && !sent.filter) refuse('all', 'goes with filter only')
  if (sent.filter && !isNarrow(sent.filter) && sent.all !== true)
    refuse('filter', 'leaves nothing out, so it means every record. If that is what you want, send "all": true with it')
  if (!selections.includes('updates')) return
  if (!sent.updates && !sent.changes) refuse('changes', 'is needed: say what shall become of these records')
  if (sent.updates && sent.changes) refuse('changes', 'goes with ids or filter; with updates, each entry says its own changes')
}

const all = z.boolean().optional().meta({ description: 'Needed with a filter that leaves nothing out, such as `{}`' })

const creation = <const Name extends string, T extends z.ZodType>(name: Name, item: T, example: object) => ({
  body: z
    .strictObject({ [name]: z.array(item).min(1).max(bulkMaxItems), ...options } as Record<Name, z.ZodArray<T>> & typeof options)
    .meta({ examples: [example] }),
  frame: z.strictObject({ [name]: anyEntry, ...options } as Record<Name, typeof anyEntry> & typeof options),
})

const exampleIds = ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e']

const change = <U extends z.ZodType, F extends z.ZodObject, C extends z.ZodType>(update: U, filter: F, changes: C, example: object) => {
  const shape = { filter: filter.optional(), all, changes: changes.optional(), ...options }
  return {
    body: z
      .strictObject({ updates: z.array(update).min(1).max(bulkMaxItems).optional(), ids: ids.optional(), ...shape })
      .superRefine((sent, context) => refuseUnclear(sent, context, ['updates', 'ids', 'filter']))
      .meta({ examples: [{ ids: exampleIds, changes: example, mode: 'partial' }] }),
    frame: z
      .strictObject({ updates: anyEntry.optional(), ids: anyEntry.optional(), ...shape })
      .superRefine((sent, context) => refuseUnclear(sent, context, ['updates', 'ids', 'filter'])),
  }
}

const selection = <F extends z.ZodObject, M extends z.ZodRawShape>(filter: F, more: M) => {
  const shape = { filter: filter.optional(), all, ...options, ...more }
  return {
    body: z
      .strictObject({ ids: ids.optional(), ...shape })
      .superRefine((sent, context) => refuseUnclear(sent as Sent, context, ['ids', 'filter']))
      .meta({ examples: [{ ids: exampleIds, mode: 'partial' }] }),
    frame: z
      .strictObject({ ids: anyEntry.optional(), ...shape })
      .superRefine((sent, context) => refuseUnclear(sent as Sent, context, ['ids', 'filter'])),
  }
}

const permanent = {
  permanent: z.boolean().default(false).meta({ description: 'Really delete, instead of into the trash. Cannot be undone.' }),
}

// --- answers ---

const idList = z.array(f.Id).meta({ examples: [exampleIds] })

export const BulkCreated = z.strictObject({ ...bulkCounts, created_ids: idList }).meta({ id: 'BulkCreated' })
export type BulkCreated = z.output<typeof BulkCreated>
export const BulkUpdated = z
  .strictObject({
    ...bulkCounts,
    updated_ids: idList.meta({ description: 'All that succeeded, also those that were so already. Of a dry run the first 10,000.' }),
  })
  .meta({ id: 'BulkUpdated' })
export type BulkUpdated = z.output<typeof BulkUpdated>
export const BulkDeleted = z
  .strictObject({ ...bulkCounts, deleted_ids: idList.meta({ description: 'Of a dry run the first 10,000' }) })
  .meta({ id: 'BulkDeleted' })
export type BulkDeleted = z.output<typeof BulkDeleted>

export const BulkUndone = z
  .strictObject({
    ...bulkCounts,
    created_ids: idList.meta({ description: 'Records that are there again' }),
    updated_ids: idList.meta({ description: 'Records that are again what they were; also those that came out of the trash' }),
    deleted_ids: idList.meta({ description: 'Records that are gone, or in the trash again' }),
  })
  .meta({
    id: 'BulkUndone',
    description:
      '`failed` counts the records that were left alone, mostly because they were changed since (`changed_since`); `errors` names each.',
  })
export type BulkUndone = z.output<typeof BulkUndone>

/** One entry of the history of bulk changes. */
export const BulkChange = z
  .strictObject({
    id: f.Id,
    kind: BulkKind,
    action: z.enum(['create', 'update', 'delete', 'restore', 'undo']),
    permanent: z.boolean(),
    status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
    via: z.enum(['web', 'api']).meta({ description: 'Made in the web app, or by a program' }),
    filter: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The filter it was made for; null: for a list of records', examples: [{ status: ['open'] }] }),
    changes: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The one change it made to all; null: each record had its own', examples: [{ status: 'archived' }] }),
    fields: z.array(z.string()).meta({ description: 'Names of the fields an update set', examples: [['status']] }),
    total: z.int().meta({ examples: [1_204] }),
    succeeded: z.int().meta({ examples: [1_204] }),
    failed: z.int().meta({ examples: [0] }),
    also: BulkAlso.nullable(),
    task_id: f.Id.nullable(),
    undoes: f.Id.nullable().meta({ description: 'An undo: of which change' }),
    undo_token: z.string().nullable().meta({ description: 'Null: cannot be undone, or not any more' }),
    undoable_until: f.Instant.nullable(),
    undone_at: f.Instant.nullable(),
    created_at: f.Instant,
  })
  .meta({ id: 'BulkChange' })
export type BulkChange = z.output<typeof BulkChange>

export const BulkListQuery = z.strictObject({
  kind: f.many(BulkKind),
  ...f.page,
  sort: f.sortOf(['created_at']).default('-created_at'),
})
export type BulkListQuery = z.output<typeof BulkListQuery>

const inBackground =
  'A filter that matches more than 10,000 needs `mode=partial` and answers `202` with a `task_id`: the records are those it matched at the start.'

const post = { method: 'POST', access: 'write', maxBytes: bulkMaxBytes, idempotent: true } as const
const bySelection = { ...post, status: 200, otherStatuses: [202, 422] } as const

export const bulk = {
  createJobs: {
    ...post,
    path: '/jobs/bulk-create',
    summary: 'Add many jobs',
    ...creation('jobs', JobInput, { jobs: [{ company: 'Northwind Labs', title: 'Platform Engineer' }] }),
    returns: BulkCreated,
    status: 201,
    otherStatuses: [200, 422],
  },
  updateJobs: {
    ...bySelection,
    path: '/jobs/bulk-update',
    summary: 'Change many jobs',
    description: `Each by its own entry in \`updates\`, or one change for \`ids\` or a \`filter\`. ${inBackground}`,
    ...change(JobUpdate, JobFilter, JobBulkChanges, { status: 'archived' }),
    returns: z.union([BulkUpdated, TaskStarted]),
  },
  deleteJobs: {
    ...bySelection,
    path: '/jobs/bulk-delete',
    summary: 'Delete many jobs',
    description: `Into the trash with their applications, which \`also\` counts; or really, with \`permanent\`. ${inBackground}`,
    ...selection(JobFilter, permanent),
    returns: z.union([BulkDeleted, TaskStarted]),
  },
  restoreJobs: {
    ...bySelection,
    path: '/jobs/bulk-restore',
    summary: 'Take many jobs out of the trash',
    description: `With the applications that went with them. A filter is looked for in the trash. ${inBackground}`,
    ...selection(JobFilter, {}),
    returns: z.union([BulkUpdated, TaskStarted]),
  },
  createApplications: {
    ...post,
    path: '/applications/bulk-create',
    summary: 'Add many applications',
    ...creation('applications', ApplicationInput, { applications: [{ job_id: exampleIds[0], status: 'applied' }], mode: 'partial' }),
    returns: BulkCreated,
    status: 201,
    otherStatuses: [200, 422],
  },
  updateApplications: {
    ...bySelection,
    path: '/applications/bulk-update',
    summary: 'Change many applications',
    description: `Each by its own entry in \`updates\`, or one change for \`ids\` or a \`filter\`. A new status or date writes or corrects an event in each. ${inBackground}`,
    ...change(ApplicationUpdate, ApplicationFilter, ApplicationBulkChanges, { status: 'rejected' }),
    returns: z.union([BulkUpdated, TaskStarted]),
  },
  deleteApplications: {
    ...bySelection,
    path: '/applications/bulk-delete',
    summary: 'Delete many applications',
    description: inBackground,
    ...selection(ApplicationFilter, permanent),
    returns: z.union([BulkDeleted, TaskStarted]),
  },
  restoreApplications: {
    ...bySelection,
    path: '/applications/bulk-restore',
    summary: 'Take many applications out of the trash',
    description: `A filter is looked for in the trash. ${inBackground}`,
    ...selection(ApplicationFilter, {}),
    returns: z.union([BulkUpdated, TaskStarted]),
  },
  undo: {
    method: 'POST',
    path: '/bulk/undo',
    summary: 'Take a bulk change back',
    description:
      'Puts every record back to what it was before, but for those that were changed since: they are named and stay. The answer has an `undo_token` of its own. More than 10,000 records are put back in the background (`202`).',
    access: 'write',
    body: z.strictObject({ undo_token: z.string().meta({ examples: exampleIds }) }),
    returns: z.union([BulkUndone, TaskStarted]),
    status: 200,
    otherStatuses: [202],
    idempotent: true,
    problems: ['not_found', 'conflict', 'undo_expired'],
  },
  list: {
    method: 'GET',
    path: '/bulk',
    summary: 'List bulk changes',
    description: 'What was changed in bulk, newest first, with the token to take it back where that is still possible.',
    access: 'read',
    query: BulkListQuery,
    returns: f.listOf(BulkChange).meta({ id: 'BulkChangeList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
} as const satisfies Endpoints
