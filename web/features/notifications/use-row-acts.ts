import { useQueryClient } from '@tanstack/react-query'
import type { Application } from '../../../contract/applications.ts'
import type { Notification } from '../../../contract/notifications.ts'
import { client } from '../../api/client.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { logFollowUp, refreshAfter, stopReminding } from '../today/api.ts'
import { remindsOf } from './leads-to.ts'
import { group, useInboxActions } from './use-inbox-actions.ts'

/** What can be done to one row, by its buttons and by keys. */
export function useRowActs() {
  const inbox = useInboxActions()
  const caches = useQueryClient()

  const doAbout = (notification: Notification, said: string, act: (application: Application) => Promise<() => unknown>) => {
    const id = remindsOf(notification)
    if (id === null) return
    inbox.setRead([notification], true)
    const done = client.applications.get({ params: { id } }).then(async (application) => {
      const undo = await act(application)
      void refreshAfter(caches)
      return undo
    })
    const withdraw = showUndo({
      message: said,
      undo: async () => {
        inbox.setRead([{ ...notification, read_at: new Date().toISOString() }], false)
        await (await done)()
        await refreshAfter(caches)
      },
      group,
    })
    done.catch((error: unknown) => {
      withdraw()
      inbox.setRead([{ ...notification, read_at: new Date().toISOString() }], false)
      notifyProblem('It was left as it is', error)
    })
  }

  return {
    open: (one: Notification) => inbox.setRead([one], true),
    /** Read, or unread again. */
    read: (one: Notification) => inbox.read([one], one.read_at === null),
    snooze: (one: Notification, until: string) => void inbox.snooze([one], until),
    wake: (one: Notification) => void inbox.wake([one]),
    remove: (one: Notification) => inbox.remove([one]),
    log: (one: Notification) => doAbout(one, 'Follow-up noted.', logFollowUp),
    stop: (one: Notification) => doAbout(one, 'You will not be reminded of this one.', stopReminding),
  }
}

export type RowActs = ReturnType<typeof useRowActs>
