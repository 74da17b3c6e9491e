import { useMemo, useRef, useState } from 'react'
import type { Notification } from '../../../contract/notifications.ts'
import { relativeDay, shortDay, todayIn } from '../../ui/days.ts'
import { useListCursor } from '../../ui/list-cursor.ts'
import { useLatest } from '../../ui/use-latest.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { useLongPress } from '../bulk/use-long-press.ts'
import { useIsPicking, useSelection } from '../bulk/use-selection.ts'
import { useSelectionKeys } from '../bulk/use-selection-keys.ts'
import { groupByDay } from './day-groups.ts'
import classes from './inbox.module.css'
import { InboxBar } from './inbox-bar.tsx'
import { InboxRow } from './inbox-row.tsx'
import { remindsOf } from './leads-to.ts'
import type { InboxSearch } from './search.ts'
import type { useInbox } from './use-inbox.ts'
import { useRowActs } from './use-row-acts.ts'

type InboxListProps = { inbox: ReturnType<typeof useInbox>; search: InboxSearch }

/** What is unread, by day; then what is read, by day. */
export function InboxList({ inbox: { unread, read, isStale, total }, search }: InboxListProps) {
  const list = useRef<HTMLDivElement>(null)
  const acts = useRowActs()
  const [snoozing, setSnoozing] = useState<string | null>(null)
  const items = useMemo(() => [...unread, ...read], [unread, read])
  const ids = useMemo(() => items.map(({ id }) => id), [items])

  const focusRow = (id: string) => {
    cursor.setCurrent(id)
    list.current?.querySelector<HTMLElement>(`[data-id="${id}"] [data-row-link]`)?.focus()
  }
  /** The row goes or is done with: on to the next one, where the eye is. */
  const onward = (id: string) => {
    const at = ids.indexOf(id)
    const next = ids[at + 1] ?? ids[at - 1]
    if (next !== undefined) focusRow(next)
  }
  const withItem = (act: (item: Notification) => void) => (id: string) => {
    const item = items.find((one) => one.id === id)
    if (item) act(item)
  }
  const cursor = useListCursor({
    scope: 'Inbox',
    ids,
    onOpen: (id) => list.current?.querySelector<HTMLElement>(`[data-id="${id}"] [data-row-link]`)?.click(),
    onMove: (_index, id) => focusRow(id),
    actions: [
      {
        keys: 'e',
        label: 'Mark as read, or unread',
        run: withItem((one) => {
          if (one.read_at === null) onward(one.id)
          if (one.snoozed_until === null) acts.read(one)
          else acts.wake(one)
        }),
      },
      { keys: 's', label: 'Put away until later', run: setSnoozing },
      {
        keys: '#',
        label: 'Delete',
        run: withItem((one) => {
          onward(one.id)
          acts.remove(one)
        }),
      },
      { keys: 'l', label: 'Followed up', run: withItem((one) => remindsOf(one) && acts.log(one)) },
      { keys: 'm', label: 'Stop reminding of it', run: withItem((one) => remindsOf(one) && acts.stop(one)) },
    ],
  })
  const filter = JSON.stringify(search)
  const selection = useSelection({ ids, filter, list: filter, isStale })
  useSelectionKeys({ scope: 'Inbox', selection, cursor })
  const isPicking = useIsPicking(selection)
  const press = useLongPress(selection.toggle)
  // The same function always, so that a row draws itself anew only when it is another.
  const point = useLatest(cursor.setCurrent)
  const [onPoint] = useState(() => (id: string) => point.current(id))

  const rowsOf = (part: readonly Notification[], label: string) => (
    <Days
      items={part}
      label={label}
      row={(one) => (
        <InboxRow
          key={one.id}
          notification={one}
          acts={acts}
          selection={selection}
          isCurrent={one.id === cursor.current}
          isSnoozing={one.id === snoozing}
          onSnoozing={setSnoozing}
          onPoint={onPoint}
        />
      )}
    />
  )
  return (
    <>
      <div ref={list} data-stale={isStale || undefined} data-picking={isPicking || undefined} className={classes.parts} {...press}>
        {unread.length > 0 && rowsOf(unread, read.length > 0 ? 'unread' : '')}
        {read.length > 0 && (
          <>
            {unread.length > 0 && <h2 className={classes.part}>Read before</h2>}
            {rowsOf(read, 'read')}
          </>
        )}
      </div>
      <InboxBar items={items} ids={ids} total={total} search={search} selection={selection} />
    </>
  )
}

type DaysProps = { items: readonly Notification[]; label: string; row: (item: Notification) => React.ReactNode }

function Days({ items, label, row }: DaysProps) {
  const { timezone, locale } = useUserLocale()
  const today = todayIn(timezone)
  return groupByDay(items, timezone).map(({ day, items }) => {
    const relative = relativeDay(day, today, 'en')
    const name =
      day === today || relative === 'yesterday' ? `${relative[0]?.toUpperCase()}${relative.slice(1)}` : shortDay(day, today, locale)
    return (
      <section key={day} className={classes.day} aria-label={`${name}${label && `, ${label}`}`}>
        <h3 className={classes.dayName}>{name}</h3>
        <ul className={classes.list}>{items.map(row)}</ul>
      </section>
    )
  })
}
