import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Channel } from '../../../../contract/channels.ts'
import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import { client } from '../../../api/client.ts'
import { notifyProblem } from '../../../ui/notify.tsx'
import { showUndo } from '../../../ui/undo.tsx'
import { notificationKeys } from '../api.ts'

const preferencesKey = [...notificationKeys.all, 'preferences'] as const
const channelsKey = [...notificationKeys.all, 'channels'] as const
export const devicesKey = [...notificationKeys.all, 'devices'] as const

export const preferencesQuery = queryOptions({
  queryKey: preferencesKey,
  queryFn: ({ signal }) => client.notifications.getPreferences({ signal }),
})

/** Which ways work, where they lead, how long it is quiet and when the next digest goes. */
export const channelsQuery = queryOptions({
  queryKey: channelsKey,
  queryFn: ({ signal }) => client.notifications.channels({ signal }),
  // Quiet hours begin and end by themselves.
  refetchInterval: 60_000,
  staleTime: 0,
})

export const devicesQuery = queryOptions({
  queryKey: devicesKey,
  queryFn: ({ signal }) => client.notifications.pushSubscriptions({ query: { limit: 50 }, signal }),
})

export type Change = (present: NotificationPreferences) => NotificationPreferences

/** Saves a change at once and offers the way back. The whole is sent each time, so one waits for the other. */
export function useChangePreferences() {
  const caches = useQueryClient()
  const { mutateAsync } = useMutation({
    mutationFn: (preferences: NotificationPreferences) => client.notifications.replacePreferences({ body: preferences }),
    scope: { id: 'preferences' },
    onSuccess: (saved, sent) => {
      // A later change is shown already, and saved after this one.
      if (caches.getQueryData(preferencesKey) === sent) caches.setQueryData(preferencesKey, saved)
    },
    onError: () => caches.invalidateQueries({ queryKey: preferencesKey }),
    onSettled: () => caches.invalidateQueries({ queryKey: channelsKey }),
  })
  const apply = async (change: Change) => {
    const present = caches.getQueryData(preferencesQuery.queryKey)
    if (!present) return
    void caches.cancelQueries({ queryKey: preferencesKey })
    // At once and not a moment later: the next change goes on from this one.
    const next = change(present)
    caches.setQueryData(preferencesKey, next)
    await mutateAsync(next)
  }
  /** Rejects when it was not saved: for a field that shows its own error. */
  const trySave = async (said: string, change: Change, back: Change) => {
    const withdraw = showUndo({
      message: said,
      undo: () => apply(back),
      group: 'preferences',
    })
    try {
      await apply(change)
    } catch (error) {
      withdraw()
      throw error
    }
  }
  const save = (said: string, change: Change, back: Change) => {
    trySave(said, change, back).catch((error: unknown) => notifyProblem('Your choice was not saved', error))
  }
  return { save, trySave }
}
export type SavePreferences = ReturnType<typeof useChangePreferences>['save']

/** What came of it, in a sentence. */
export async function sendTest(channel: Channel): Promise<{ isSent: boolean; said: string }> {
  const { id } = await client.notifications.test({ body: { channel } })
  if (channel === 'in_app') return { isSent: true, said: 'It is in your inbox.' }
  const until = Date.now() + 30_000
  for (;;) {
    const deliveries = (await client.notifications.deliveries({ query: { notification_id: id, channel } })).items
    const failed = deliveries.find((one) => one.status === 'failed' || (one.last_error !== null && one.status === 'pending'))
    const isDone = deliveries.length > 0 && deliveries.every((one) => one.status !== 'pending')
    if (failed) return { isSent: false, said: failed.last_error ?? 'It was refused.' }
    if (isDone) return { isSent: true, said: `Sent to ${deliveries.map((one) => one.goes_to ?? 'your browser').join(', ')}.` }
    if (Date.now() > until) return { isSent: false, said: 'It still waits. The server log may say why.' }
    await new Promise((resolve) => setTimeout(resolve, 700))
  }
}
