import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type BulkChange, bulkMaxItems } from '../../../contract/bulk.ts'
import type { ServerMessage } from '../../../contract/live.ts'
import type { BulkAlso, BulkError, Task, TaskStarted } from '../../../contract/tasks.ts'
import { client } from '../../api/client.ts'
import type { Page } from '../../api/infinite-list.ts'
import { keysOf } from '../../api/keys.ts'
import { unlessLive } from '../../api/live.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Change, Chosen, Said, Step } from './change.ts'

export const bulkKeys = keysOf('bulk')

export type Outcome = {
  total: number
  succeeded: number
  failed: number
  errors: BulkError[]
  also?: BulkAlso | undefined
  /** In the order they were given; taken back in reverse. */
  undoTokens: string[]
}
type Answer = Omit<Outcome, 'undoTokens'> & { undo_token?: string | undefined }

/** What is done at once answers with its counts; what is too much for one request goes on in the background. */
export type Sent = Outcome | TaskStarted
export const isTask = (sent: object): sent is TaskStarted => 'task_id' in sent

const outcomeOf = ({ undo_token, ...counts }: Answer): Outcome => ({ ...counts, undoTokens: undo_token === undefined ? [] : [undo_token] })

const together = (a: Outcome, b: Outcome): Outcome => ({
  total: a.total + b.total,
  succeeded: a.succeeded + b.succeeded,
  failed: a.failed + b.failed,
  errors: [...a.errors, ...b.errors],
  also: a.also && b.also ? addUp(a.also, b.also) : (a.also ?? b.also),
  undoTokens: [...a.undoTokens, ...b.undoTokens],
})
const addUp = (a: BulkAlso, b: BulkAlso): BulkAlso => ({
  applications: a.applications + b.applications,
  open_applications: a.open_applications + b.open_applications,
})

type Options = { dryRun?: boolean; idempotencyKey?: string; signal?: AbortSignal }

/** Whatever can be changed is changed; the rest is named in `errors`. The same key never does it twice. */
export async function send({ change, chosen }: Step, options: Options = {}): Promise<Sent> {
  if (!('ids' in chosen) || chosen.ids.length <= bulkMaxItems) return sendOne(change, chosen, options)
  let whole: Outcome | undefined
  for (let at = 0; at < chosen.ids.length; at += bulkMaxItems) {
    const key = options.idempotencyKey && { idempotencyKey: `${options.idempotencyKey}-${at}` }
    const part = await sendOne(change, { ids: chosen.ids.slice(at, at + bulkMaxItems) }, { ...options, ...key })
    if (isTask(part)) return part
    whole = whole ? together(whole, part) : part
  }
  return whole as Outcome
}

async function sendOne(change: Change, chosen: Chosen, { dryRun = false, ...call }: Options): Promise<Sent> {
  const which = 'ids' in chosen ? { ids: [...chosen.ids] } : { filter: chosen.filter, ...(chosen.all ? { all: true } : {}) }
  const body = { ...which, mode: 'partial', dry_run: dryRun } as const
  const answer = await ask(change, body, call)
  return isTask(answer) ? answer : outcomeOf(answer)
}

function ask(change: Change, body: object, call: Omit<Options, 'dryRun'>): Promise<Answer | TaskStarted> {
  switch (change.action) {
    case 'update':
      return change.kind === 'jobs'
        ? client.bulk.updateJobs({ body: { ...body, changes: change.changes }, ...call })
        : client.bulk.updateApplications({ body: { ...body, changes: change.changes }, ...call })
    case 'delete': {
      const request = { body: { ...body, permanent: change.permanent ?? false }, ...call }
      return change.kind === 'jobs' ? client.bulk.deleteJobs(request) : client.bulk.deleteApplications(request)
    }
    case 'restore':
      return change.kind === 'jobs' ? client.bulk.restoreJobs({ body, ...call }) : client.bulk.restoreApplications({ body, ...call })
  }
}

export async function takeBack(undoToken: string): Promise<Sent> {
  const answer = await client.bulk.undo({ body: { undo_token: undoToken } })
  return isTask(answer) ? answer : outcomeOf(answer)
}

/** What would happen, without anything happening. `attempt` is one per question: the records may be too many to compare. */
export const previewQuery = (attempt: string, step: Step) =>
  queryOptions({
    queryKey: ['bulk', 'preview', attempt],
    queryFn: async ({ signal }) => {
      const sent = await send(step, { dryRun: true, signal })
      if (isTask(sent)) throw new Error('A dry run answers at once')
      return sent
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })

/** A change of many records can change every list, count and figure. */
export const readEverythingAnew = () => queryClient.invalidateQueries()

type Listed = { id: string }

/** Shows in the loaded rows what was just done to them, before they are read anew. */
export function showInLists({ change, chosen }: Step, left: ReadonlySet<string>) {
  if (!('ids' in chosen)) return
  const done = new Set(chosen.ids).difference(left)
  const shown = change.action === 'update' ? plainFields(change) : {}
  if (change.action === 'update' && Object.keys(shown).length === 0) return
  queryClient.setQueriesData<InfiniteData<Page<Listed>>>({ queryKey: keysOf(change.kind).lists }, (data) => {
    if (!data || !('pages' in data)) return data
    const pages = data.pages.map((page) => ({
      ...page,
      items:
        change.action === 'update'
          ? page.items.map((item) => (done.has(item.id) ? { ...item, ...shown } : item))
          : page.items.filter((item) => !done.has(item.id)),
    }))
    const fewer = data.pages.reduce((sum, page, index) => sum + page.items.length - (pages[index]?.items.length ?? 0), 0)
    return { ...data, pages: pages.map((page) => ({ ...page, total: { ...page.total, value: Math.max(0, page.total.value - fewer) } })) }
  })
}

/** What replaces a value as it stands. An application's status also moves it to another column: the server says where. */
function plainFields(change: Extract<Change, { action: 'update' }>): object {
  const isPlain = (field: string) => !/^(add|remove)_/.test(field) && !(change.kind === 'applications' && field === 'status')
  return Object.fromEntries(Object.entries(change.changes).filter(([field]) => isPlain(field)))
}

export const isUnderWay = ({ status }: { status: Task['status'] }) => status === 'queued' || status === 'running'

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', id],
    queryFn: ({ signal }) => client.tasks.get({ params: { id }, signal }),
    refetchInterval: (query) => (query.state.data && !isUnderWay(query.state.data) ? false : unlessLive(700)),
  })

/** How far a task is, as the server tells it. What came of it is more than that, so the end is read. */
export function noteTaskProgress({ id, status, processed, total }: ServerMessage & { type: 'task_progress' }) {
  if (isUnderWay({ status })) queryClient.setQueryData(taskQuery(id).queryKey, (task) => task && { ...task, status, processed, total })
  else void queryClient.invalidateQueries({ queryKey: taskQuery(id).queryKey })
  if (!isUnderWay({ status })) void queryClient.invalidateQueries({ queryKey: bulkKeys.lists })
}

/** Bulk changes of the web app that still run: so they can be left and come back to, also after a reload. */
export const runningQuery = queryOptions({
  queryKey: ['bulk', 'running'],
  queryFn: async ({ signal }) => {
    const { items } = await client.bulk.list({ query: { limit: 20 }, signal })
    return items.filter((one): one is BulkChange & { task_id: string } => isUnderWay(one) && one.via === 'web' && one.task_id !== null)
  },
})

/** The history, newest first; asked again while something of it runs. */
export const historyQuery = infiniteQueryOptions({
  queryKey: bulkKeys.lists,
  queryFn: ({ pageParam, signal }) => client.bulk.list({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some(isUnderWay)) ? unlessLive(2_000) : false),
})

const isListed = (data: unknown): data is InfiniteData<Page<Listed>> =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages)

/** One record's name, from a list that has it or else from the server, deleted or not. Null: it is gone for good. */
export const nameQuery = (kind: Said['kind'], id: string) =>
  queryOptions({
    queryKey: ['bulk', 'name', kind, id],
    queryFn: async ({ signal }) => {
      const call = { params: { id }, signal }
      const job =
        kind === 'jobs'
          ? await client.jobs.get({ ...call, query: { deleted: 'include' } })
          : (await client.applications.get({ ...call, query: { deleted: 'include' } })).job
      return `${job.title}, ${job.company}`
    },
    initialData: () => {
      for (const [, data] of queryClient.getQueriesData({ queryKey: keysOf(kind).lists })) {
        const found = isListed(data) ? data.pages.flatMap((page) => page.items).find((item) => item.id === id) : undefined
        const job = found && ('job' in found ? found.job : found)
        if (job && typeof job === 'object' && 'title' in job && 'company' in job) return `${job.title}, ${job.company}`
      }
      return undefined
    },
    retry: false,
  })
