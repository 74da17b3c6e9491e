import type { InfiniteData } from '@tanstack/react-query'
import type { LiveEvents } from '../../client/live-intake.ts'
import type { ServerMessage } from '../../contract/live.ts'
import type { Notification } from '../../contract/notifications.ts'
import { client } from '../api/client.ts'
import type { Page } from '../api/infinite-list.ts'
import { keysOf } from '../api/keys.ts'
import { removeRecord, writeRecord } from '../api/optimistic.ts'
import { afterOwnWrites } from '../api/own-writes.ts'
import { queryClient as caches } from '../api/query-client.ts'
import { noteTaskProgress } from '../features/bulk/api.ts'
import { noteImportProgress } from '../features/imports/api.ts'
import { readInboxAnew, setUnread } from '../features/notifications/api.ts'
import { showNews, takeBackNews } from '../features/notifications/news.tsx'

type RecordChanged = ServerMessage & { type: 'record_changed' }
type Versioned = { id: string; version: number }

const jobs = keysOf('jobs')
const keysOfKind = { job: jobs, application: keysOf('applications') } as const

/** A page that was just loaded is not read again because the channel is there a moment later. */
const justLoadedMs = 3_000
/** Of more jobs than this, the list itself is read. */
const readOneByOne = 20

/** What the server tells goes into the caches, so that no component knows how its data came. */
export function liveUpdates(go: (to: string) => void): LiveEvents {
  const startedAt = performance.now()
  const changed = new Map<string, RecordChanged>()
  const takeRecords = afterOwnWrites(() => {
    const unknown = [...changed.values()].filter((change) => !isKnown(change))
    changed.clear()
    if (unknown.length > 0) void readChanged(unknown)
  })
  // What was marked here stands as it is; what else changed can wait until the hand is off the keys.
  const takeInbox = afterOwnWrites(() => void readInboxAnew(), { afterOwnMs: 3_000 })
  const takeEverything = afterOwnWrites(() => void caches.invalidateQueries())
  return {
    onUnread: (unread) => {
      setUnread(caches, unread)
      if (unread === 0) takeBackNews()
      takeInbox()
    },
    onNotification: (notification) => {
      takeInbox()
      if (changesMuch(notification)) takeEverything()
      showNews(notification, go)
    },
    onRecordChanged: (change) => {
      changed.set(`${change.kind} ${change.id}`, change)
      takeRecords()
    },
    onProgress: (progress) => (progress.type === 'import_progress' ? noteImportProgress(progress) : noteTaskProgress(progress)),
    onRefetch: (reason) => {
      if (reason === 'connected' && performance.now() - startedAt < justLoadedMs) return
      // Asked from time to time: a long list is not read from its beginning for that.
      if (reason === 'polled') void caches.invalidateQueries({ predicate: ({ queryKey }) => !isJobList(queryKey) })
      else takeEverything()
    },
  }
}

const changesMuch = ({ type }: Notification) => type === 'import_finished' || type === 'bulk_finished'
/** What no job and no application shows in. */
const apart = new Set<unknown>(['notifications', 'settings', 'profile', 'me', 'imports', 'bulk', 'tasks', 'backups'])
const isJobList = ([name, part]: readonly unknown[]) => name === jobs.lists[0] && part === jobs.lists[1]

/** Everything that is cached of one record. */
function copiesOf({ kind, id }: RecordChanged): Versioned[] {
  return caches.getQueriesData({ queryKey: keysOfKind[kind].all }).flatMap(([, data]) => {
    if (typeof data !== 'object' || data === null) return []
    const pages = 'pages' in data ? (data as InfiniteData<Page<Versioned>>).pages : 'items' in data ? [data as Page<Versioned>] : []
    const found = pages.flatMap((page) => page.items).filter((one) => one.id === id)
    return 'id' in data && data.id === id ? [...found, data as Versioned] : found
  })
}

/** As this tab has it already: because it changed it itself. */
function isKnown(change: RecordChanged): boolean {
  const { version } = change
  const copies = copiesOf(change)
  return version === null ? copies.length === 0 : copies.length > 0 && copies.every((one) => one.version >= version)
}

async function readChanged(changes: RecordChanged[]): Promise<void> {
  const ofJobs = changes.filter(({ kind }) => kind === 'job')
  // A job shows where its application stands, too.
  const readsList = ofJobs.length > readOneByOne || ofJobs.length < changes.length
  await Promise.all([
    caches.invalidateQueries({ predicate: ({ queryKey }) => !apart.has(queryKey[0]) && (readsList || !isJobList(queryKey)) }),
    ...(readsList ? [] : ofJobs.map(readJob)),
  ])
}

/** In the rows where it stands, without moving the others. */
async function readJob(change: RecordChanged): Promise<void> {
  if (copiesOf(change).length === 0) return
  const gone = () => {
    const { key, update } = removeRecord(jobs.lists, change.id)
    caches.setQueriesData({ queryKey: key }, (data: unknown) => (data === undefined ? data : update(data)))
  }
  if (change.version === null) return gone()
  try {
    writeRecord(caches, jobs.lists, await client.jobs.get({ params: { id: change.id } }))
  } catch {
    // In the trash, most likely; the list knows when it is read the next time.
    gone()
  }
}
