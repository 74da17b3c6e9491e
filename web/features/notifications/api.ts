import { type InfiniteData, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { Notification, NotificationsChanged } from '../../../contract/notifications.ts'
import { client } from '../../api/client.ts'
import type { Page } from '../../api/infinite-list.ts'
import { keysOf } from '../../api/keys.ts'
import { type CachePatch, useOptimistic } from '../../api/optimistic.ts'
import { queryClient } from '../../api/query-client.ts'
import type { InboxSearch } from './search.ts'

export const notificationKeys = keysOf('notifications')
const unreadKey = [...notificationKeys.all, 'unread'] as const

const pageSize = 50

export const inboxList = (search: InboxSearch) => ({
  key: notificationKeys.list(search),
  fetch: (cursor: string | undefined, signal: AbortSignal) =>
    client.notifications.list({ query: { ...search, sort: '-seq', limit: pageSize, ...(cursor ? { cursor } : {}) }, signal }),
})

const unreadQuery = queryOptions({
  queryKey: unreadKey,
  queryFn: async ({ signal }) => (await client.notifications.unreadCount({ signal })).unread,
})

/** Undefined until it is known. */
export const useUnread = () => useQuery(unreadQuery).data

export const setUnread = (caches: QueryClient, unread: number) => caches.setQueryData(unreadKey, unread)

/** All of a filter, for what is done to every one of them. */
export async function readAllOf(search: InboxSearch): Promise<Notification[]> {
  const found: Notification[] = []
  let cursor: string | undefined
  do {
    const page = await client.notifications.list({ query: { ...search, sort: '-seq', limit: 200, ...(cursor ? { cursor } : {}) } })
    found.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return found
}

/** Changes some of them in every list that is loaded; null takes one out. */
const patchLists = (ids: ReadonlySet<string>, change: (one: Notification) => Notification | null): CachePatch => ({
  key: notificationKeys.lists,
  update: (data) => {
    const { pages, ...rest } = data as InfiniteData<Page<Notification>>
    return {
      ...rest,
      pages: pages.map((page) => ({ ...page, items: page.items.flatMap((one) => (ids.has(one.id) ? (change(one) ?? []) : one)) })),
    }
  },
})
const patchUnread = (by: number): CachePatch => ({ key: unreadKey, update: (unread) => Math.max(0, (unread as number) + by) })

const atOnce = 10_000
const idsOf = (items: readonly Notification[]) => items.map(({ id }) => id)
async function inParts(ids: readonly string[], send: (part: string[]) => Promise<NotificationsChanged>): Promise<number> {
  let unread = 0
  for (let at = 0; at < ids.length; at += atOnce) unread = (await send(ids.slice(at, at + atOnce))).unread
  return unread
}

type Mark = { items: readonly Notification[]; read: boolean }

/** Read or unread, shown at once. */
export function useMark() {
  return useOptimistic<Mark, number>({
    mutate: ({ items, read }) => inParts(idsOf(items), (ids) => client.notifications.markRead({ body: { ids, read } })),
    patches: ({ items, read }) => {
      const read_at = read ? new Date().toISOString() : null
      const changing = items.filter((one) => (one.read_at !== null) !== read).length
      return [patchLists(new Set(idsOf(items)), (one) => ({ ...one, read_at })), patchUnread(read ? -changing : changing)]
    },
    written: (unread, _mark, caches) => setUnread(caches, unread),
    failed: 'They were not marked',
  })
}

type Snooze = { items: readonly Notification[]; until: string }

/** Put away until then: out of the list, and it comes back unread. */
export function useSnooze() {
  return useOptimistic<Snooze, unknown>({
    mutate: ({ items, until }) =>
      eachOf(items, ({ id }) => client.notifications.update({ params: { id }, body: { snoozed_until: until } })),
    patches: ({ items }) => [
      patchLists(new Set(idsOf(items)), () => null),
      patchUnread(-items.filter((one) => one.read_at === null && one.snoozed_until === null).length),
    ],
    stale: () => [notificationKeys.all],
    failed: 'They were not put away',
  })
}

/** As they were before they were put away. */
export async function bringBack(items: readonly Notification[]): Promise<void> {
  await eachOf(items, ({ id, read_at, snoozed_until }) =>
    client.notifications.update({ params: { id }, body: { snoozed_until, read: read_at !== null } }),
  )
  await queryClient.invalidateQueries({ queryKey: notificationKeys.all })
}

/** A few at a time. */
async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: 4 }, work))
}

export const deleteForGood = (ids: readonly string[]) => inParts(ids, (part) => client.notifications.bulkDelete({ body: { ids: part } }))

/** A page that closes has no time for an answer. */
export function deleteWhileLeaving(ids: readonly string[]) {
  void fetch('/api/v1/notifications/bulk-delete', {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids }),
  })
}

/** What another tab or the server changed is read anew, but for what is on the screen only once nobody is at it. */
export const readInboxAnew = () => queryClient.invalidateQueries({ queryKey: notificationKeys.lists })
