import { z } from 'zod'
import { ApplicationFilter, ApplicationSort } from './applications.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { JobFilter, JobSort } from './jobs.ts'

/** A list as somebody likes to see it, under a name: its filter, order and columns. */

export const ViewKind = z.enum(['jobs', 'applications'])
export type ViewKind = z.output<typeof ViewKind>

/** So many views a person may have. */
export const mostViews = 100

/** What the list of each kind takes. */
export const viewLists = {
  jobs: { filter: JobFilter, sort: JobSort },
  applications: { filter: ApplicationFilter, sort: ApplicationSort },
} as const

const writable = {
  name: f.Line.max(100).meta({ description: 'The only one of its kind', examples: ['Remote in Portugal'] }),
  query: z.record(z.string(), z.unknown()).meta({
    description: 'Parameters of that list by their names, without `sort`, `limit` and `cursor`; what takes many values takes an array',
    examples: [{ q: 'platform', remote_option: ['remote'], salary_min: 60000 }],
  }),
  sort: z
    .string()
    .nullable()
    .meta({ description: 'One of that list; null: as the list opens', examples: ['-match_score'] }),
  columns: z
    .array(z.string().min(1).max(50))
    .max(50)
    .refine((columns) => new Set(columns).size === columns.length, 'must not name a column twice')
    .nullable()
    .meta({ description: 'Columns of the table in their order; null: the usual ones', examples: [['company', 'title', 'match_score']] }),
  pinned: z.boolean().meta({ description: 'It stands in the navigation' }),
  position: z
    .int()
    .min(0)
    .max(1_000_000)
    .meta({ description: 'Its place in the navigation, the lowest first', examples: [0] }),
  alert: z.boolean().meta({ description: 'Tell me when a new job comes in. Of views of jobs only.' }),
}

type Sent = { kind: ViewKind; query: Record<string, unknown>; sort: string | null; alert: boolean }

/** What is wrong with a view as a whole: what it may ask for depends on its kind. */
export function refuseUnknownToList({ kind, query, sort, alert }: Sent, context: z.core.$RefinementCtx): void {
  const list = viewLists[kind]
  for (const [field, read] of [
    ['query', list.filter.safeParse(query)],
    ['sort', sort === null ? null : list.sort.safeParse(sort)],
  ] as const) {
    for (const issue of read?.error?.issues ?? []) context.issues.push({ ...issue, path: [field, ...issue.path], input: undefined })
  }
  const refuseAlert = (message: string) => context.addIssue({ code: 'custom', path: ['alert'], message })
  if (alert && kind !== 'jobs') refuseAlert('is for views of jobs; nothing new comes into a view of applications by itself')
  else if (alert && query['deleted'] === 'only') refuseAlert('cannot be on where the view shows the trash only')
}

export const ViewInput = z
  .strictObject({
    name: writable.name,
    kind: ViewKind,
    query: writable.query.default({}),
    sort: writable.sort.default(null),
    columns: writable.columns.default(null),
    pinned: writable.pinned.default(false),
    position: writable.position.optional().meta({ description: 'The last one when left out' }),
    alert: writable.alert.default(false),
  })
  .superRefine(refuseUnknownToList)
  .meta({ id: 'ViewInput' })
export type ViewInput = z.output<typeof ViewInput>

/** `query` and `columns` are replaced as a whole; the kind stays. */
export const ViewChanges = z
  .strictObject({ ...writable, version: z.int() })
  .partial()
  .meta({ id: 'ViewChanges', examples: [{ pinned: true, position: 0 }] })
export type ViewChanges = z.output<typeof ViewChanges>

export const View = z
  .strictObject({
    id: f.Id,
    kind: ViewKind,
    ...writable,
    version: z.int().meta({ examples: [1] }),
    created_at: f.Instant,
    updated_at: f.Instant,
  })
  .meta({ id: 'View' })
export type View = z.output<typeof View>

const ViewListQuery = z.strictObject({
  kind: ViewKind.optional(),
  pinned: f.QueryFlag,
  ...f.page,
  sort: f.sortOf(['position', 'name', 'created_at'] as const).default('position'),
})
export type ViewListQuery = z.output<typeof ViewListQuery>

export const ViewList = f.listOf(View).meta({ id: 'ViewList' })
export type ViewList = z.output<typeof ViewList>

const byId = z.strictObject({ id: f.Id })

export const views = {
  list: {
    method: 'GET',
    path: '/views',
    summary: 'List your saved views',
    access: 'read',
    query: ViewListQuery,
    returns: ViewList,
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  create: {
    method: 'POST',
    path: '/views',
    summary: 'Save a view',
    description: `A name that another view of this kind has, whatever its case, is a \`409\`. Up to ${mostViews} views.`,
    access: 'write',
    body: ViewInput,
    returns: View,
    status: 201,
    location: '/views/{id}',
    versioned: true,
    idempotent: true,
    problems: ['conflict'],
  },
  get: {
    method: 'GET',
    path: '/views/{id}',
    summary: 'Read a saved view',
    access: 'read',
    params: byId,
    returns: View,
    status: 200,
    versioned: true,
    problems: ['not_found'],
  },
  update: {
    method: 'PATCH',
    path: '/views/{id}',
    summary: 'Change a saved view',
    description: 'Merges; `query` and `columns` are replaced as a whole. Send `If-Match` or `version` to be told of a change in between.',
    access: 'write',
    params: byId,
    body: ViewChanges,
    returns: View,
    status: 200,
    versioned: true,
    problems: ['not_found', 'stale_version', 'conflict'],
  },
  delete: {
    method: 'DELETE',
    path: '/views/{id}',
    summary: 'Delete a saved view',
    access: 'write',
    params: byId,
    status: 204,
    versioned: true,
    problems: ['not_found', 'stale_version'],
  },
} as const satisfies Endpoints
