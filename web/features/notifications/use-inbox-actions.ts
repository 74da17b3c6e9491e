import type { Notification } from '../../../contract/notifications.ts'
import { announce } from '../../ui/announce.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { bringBack, useMark, useSnooze } from './api.ts'
import { deleteHidden, hide, unhide } from './pending-deletions.ts'
import { pin, unpin } from './pinned.ts'
import { momentText } from './snooze-times.ts'

type Items = readonly Notification[]

export const group = 'inbox'

/** What can be done to one or to many, each with its way back. */
export function useInboxActions() {
  const { mutateAsync: mark } = useMark()
  const { mutateAsync: putAway } = useSnooze()
  const { timezone, locale } = useUserLocale()
  const many = (items: Items) => `${items.length.toLocaleString(locale)} notifications`

  /** Shown at once where it stands; says nothing. */
  const setRead = (items: Items, read: boolean) => {
    const changing = items.filter((one) => (one.read_at !== null) !== read)
    if (changing.length === 0) return
    pin(changing, read)
    // The error has been shown.
    mark({ items: changing, read }).catch(() => pin(changing, !read))
  }
  /** After they were marked so. */
  const setBack = (items: Items, read: boolean) =>
    setRead(
      items.map((one) => ({ ...one, read_at: read ? new Date().toISOString() : null })),
      !read,
    )

  return {
    setRead,

    read: (items: Items, read: boolean) => {
      const changing = items.filter((one) => (one.read_at !== null) !== read)
      if (changing.length === 0) return
      const word = read ? 'read' : 'unread'
      setRead(changing, read)
      showUndo({
        message: changing.length === 1 ? `Marked as ${word}.` : `${many(changing)} marked as ${word}.`,
        undo: () => setBack(changing, read),
        group,
      })
    },

    snooze: async (items: Items, until: string) => {
      const withdraw = showUndo({
        message: `${items.length === 1 ? 'Put away' : `${many(items)} put away`} until ${momentText(until, { timezone, locale })}.`,
        undo: () => bringBack(items),
        group,
      })
      unpin(items)
      await putAway({ items, until }).catch(withdraw)
    },

    wake: async (items: Items) => {
      await bringBack(items.map((one) => ({ ...one, snoozed_until: null, read_at: null })))
      announce(items.length === 1 ? 'It is back in your inbox' : 'They are back in your inbox')
    },

    remove: (items: Items) => {
      hide(items)
      // So that nobody is called to look at what is about to go.
      const unread = items.filter(({ read_at }) => read_at === null)
      setRead(unread, true)
      showUndo({
        message: items.length === 1 ? 'Notification deleted.' : `${many(items)} deleted.`,
        undo: () => {
          unhide(items)
          setBack(unread, true)
        },
        kept: () => void deleteHidden(items),
        group,
      })
    },
  }
}
