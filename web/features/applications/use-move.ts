import { useQueryClient } from '@tanstack/react-query'
import { ProblemError } from '../../../client/client.ts'
import type { Application, ApplicationStatus } from '../../../contract/applications.ts'
import { client } from '../../api/client.ts'
import { patchRecord, useOptimistic } from '../../api/optimistic.ts'
import { announce } from '../../ui/announce.tsx'
import { todayIn } from '../../ui/days.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { applicationStatusWords as words } from '../../ui/words.ts'
import { everythingAbout, keys } from './api.ts'
import { filtersHolding, type Move, movedInList } from './moved-in-lists.ts'

type Write = Move & { write: () => Promise<unknown> }

// Moves are sent one after the other: two that overtake each other would leave the earlier one standing.
let last: Promise<unknown> = Promise.resolve()
let underWay = 0

function useShownMove() {
  const caches = useQueryClient()
  const { timezone } = useUserLocale()
  return useOptimistic<Write, unknown>({
    mutate: ({ write }) => {
      const sent = last.then(write)
      last = sent.catch(() => undefined)
      return sent
    },
    patches: (move) => {
      underWay += 1
      const lists = caches.getQueriesData({ queryKey: keys.lists }).map(([, data]) => data)
      const matching = filtersHolding(lists, move.application.id)
      const now = { ...move.application, status_since: todayIn(timezone) }
      return [
        { key: keys.lists, update: (data) => movedInList(data, { application: now, to: move.to }, matching) },
        patchRecord(keys.ones, now.id, { status: move.to, status_since: now.status_since }),
      ]
    },
    // Reading while another move is on its way would show what was before that one.
    stale: () => {
      underWay -= 1
      return underWay === 0 ? everythingAbout : []
    },
    failed: null,
  })
}

/** Moves an application to a status at once, says so, offers to take it back, and explains when the server refuses. */
export function useMove() {
  const { mutateAsync: show } = useShownMove()
  return async (application: Application, to: ApplicationStatus): Promise<boolean> => {
    const { id, status: from, job } = application
    if (to === from) return false
    const idempotencyKey = crypto.randomUUID()
    let eventId: string | undefined
    const write = async () => {
      const event = await client.applications.addEvent({ params: { id }, body: { to_status: to }, idempotencyKey })
      eventId = event.id
    }
    // Sent after the move, so that it finds the event; a move that was refused wrote none.
    const removeEvent = async () => {
      if (eventId) await client.applications.deleteEvent({ params: { id, event_id: eventId } })
    }
    const sent = show({ application, to, write })
    const withdrawUndo = showUndo({
      message: `${job.company}: ${words[from]} → ${words[to]}.`,
      undo: () => show({ application: { ...application, status: to }, to: from, write: removeEvent }),
    })
    try {
      await sent
      return true
    } catch (error) {
      withdrawUndo()
      announce(`${job.company} is still in ${words[from]}`)
      notifyProblem(`${job.company} stays in ${words[from]}`, error)
      return false
    }
  }
}

export const isAlreadyOpen = (error: unknown) => error instanceof ProblemError && error.problem.code === 'application_already_open'
