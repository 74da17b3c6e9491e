import { useQueryClient } from '@tanstack/react-query'
import type { ApplicationEvent, EventChanges, EventInput } from '../../../../contract/applications.ts'
import { client } from '../../../api/client.ts'
import { announce } from '../../../ui/announce.tsx'
import { notifyProblem } from '../../../ui/notify.tsx'
import { showUndo } from '../../../ui/undo.tsx'
import { refresh } from '../api.ts'
import { eventTitle } from './event-words.ts'

/** What can be done to an application's history. Status and dates follow on the server, so everything about it is read anew. */
export function useHistory(id: string) {
  const caches = useQueryClient()
  const remove = async (event: ApplicationEvent, note: string | null) => {
    try {
      await client.applications.deleteEvent({ params: { id, event_id: event.id } })
    } catch (error) {
      notifyProblem('The event was not removed', error)
      return
    }
    await refresh(caches)
    const title = eventTitle(event)
    showUndo({
      message: `“${title}” removed.`,
      undo: async () => {
        const { occurred_at, to_status } = event
        // What the server noted by itself comes back as a note that says the same.
        const said = to_status === null && event.type !== 'note' ? [title, note].filter(Boolean).join(': ') : event.note
        await client.applications.addEvent({
          params: { id },
          body: to_status ? { to_status, occurred_at, note: said } : { occurred_at, note: said ?? title },
        })
        await refresh(caches)
      },
    })
  }
  return {
    add: async (body: EventInput, idempotencyKey: string) => {
      await client.applications.addEvent({ params: { id }, body, idempotencyKey })
      await refresh(caches)
      announce('Added to the history')
    },
    correct: async (event: ApplicationEvent, body: EventChanges) => {
      await client.applications.updateEvent({ params: { id, event_id: event.id }, body })
      await refresh(caches)
      announce('Corrected')
    },
    remove,
  }
}
