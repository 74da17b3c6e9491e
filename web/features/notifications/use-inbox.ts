import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Notification } from '../../../contract/notifications.ts'
import { useInfiniteList } from '../../api/infinite-list.ts'
import { inboxList, notificationKeys } from './api.ts'
import { useHidden } from './pending-deletions.ts'
import { unpinAll, usePins } from './pinned.ts'
import { type InboxSearch, viewOf } from './search.ts'

const newestOf = (...lists: (readonly Notification[])[]) => Math.max(0, ...lists.flat().map(({ seq }) => seq))

/**
 * The inbox in its two parts, what is unread before what is read. What comes in while it is open waits behind a pill, and what is
 * marked here stays where it is: nothing moves under somebody's finger.
 */
export function useInbox(search: InboxSearch) {
  const view = viewOf(search)
  const hasParts = view === 'all' && search.read === undefined
  const first = useInfiniteList(inboxList(hasParts ? { ...search, read: false } : search))
  const second = useInfiniteList({ ...inboxList({ ...search, read: true }), enabled: hasParts })
  const hidden = useHidden()
  const pins = usePins()
  const filter = JSON.stringify(search)
  const isPending = first.isPending || (hasParts && second.isPending)

  const [seen, setSeen] = useState<{ filter: string; upTo: number } | null>(null)
  const newest = newestOf(first.items, second.items)
  const isEmpty = seen?.upTo === 0
  // What is there when it is opened is not new, and where nothing is there is nothing to push.
  if (!isPending && !first.isStale && !second.isStale && (seen?.filter !== filter || (isEmpty && newest > 0)))
    setSeen({ filter, upTo: newest })
  const upTo = seen?.filter === filter && view !== 'snoozed' ? seen.upTo : Number.POSITIVE_INFINITY

  useForget(filter)
  const [unread, read] = useMemo(() => {
    const shown = (items: readonly Notification[]) => items.filter((one) => one.seq <= upTo && !hidden.has(one.id))
    if (!hasParts) return [shown(first.items.filter((one) => search.read !== false || one.read_at === null)), []]
    const pinned = (isAmongUnread: boolean) =>
      [...pins.values()].flatMap((pin) => (pin.isAmongUnread === isAmongUnread && isOfType(pin.item, search) ? pin.item : []))
    const part = (items: readonly Notification[], isAmongUnread: boolean) =>
      shown([
        ...items.filter(({ id, read_at }) => !pins.has(id) && (read_at === null) === isAmongUnread),
        ...pinned(isAmongUnread),
      ]).toSorted((a, b) => b.seq - a.seq)
    return [part(first.items, true), part(second.items, false)]
  }, [first.items, second.items, pins, hidden, upTo, hasParts, search])

  const list = first.hasMore || !hasParts ? first : second
  return {
    unread,
    /** Once everything that is unread is here: what comes after it must not be pushed down. */
    read: first.hasMore ? [] : read,
    newCount: first.items.filter(({ seq }) => seq > upTo).length,
    error: first.error ?? second.error,
    isPending,
    isStale: first.isStale || second.isStale,
    hasMore: list.hasMore,
    isLoadingMore: list.isLoadingMore,
    loadMore: list.loadMore,
    retry: () => {
      first.retry()
      if (hasParts) second.retry()
    },
    total: (first.total?.value ?? 0) + (hasParts ? (second.total?.value ?? 0) : 0),
    /** Shows what came in, and puts every row where it belongs. */
    accept: () => setSeen({ filter, upTo: newest }),
  }
}

const isOfType = ({ type }: Notification, search: InboxSearch) => search.type === undefined || search.type.includes(type)

/** Another filter, or coming back to the inbox, shows every row where it belongs. */
function useForget(filter: string) {
  const caches = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(
    () => () => {
      if (unpinAll()) void caches.invalidateQueries({ queryKey: notificationKeys.lists, refetchType: 'all' })
    },
    [filter, caches],
  )
}
