import { useQueryClient } from '@tanstack/react-query'
import type { Application, Interview, InterviewChanges, InterviewInput } from '../../../../contract/applications.ts'
import { client } from '../../../api/client.ts'
import { announce } from '../../../ui/announce.tsx'
import { notifyProblem } from '../../../ui/notify.tsx'
import { showUndo } from '../../../ui/undo.tsx'
import { refresh } from '../api.ts'
import { useMove } from '../use-move.ts'

const before: Application['status'][] = ['interested', 'applied', 'screening']
export const isBeforeInterview = (application: Application) => before.includes(application.status)

export function useInterviews(application: Application) {
  const { id } = application
  const caches = useQueryClient()
  const move = useMove()

  const change = async (interview: Interview, changes: InterviewChanges) => {
    await client.applications.updateInterview({ params: { id, interview_id: interview.id }, body: changes })
    await refresh(caches)
  }
  const events = async () => (await client.applications.listEvents({ params: { id } })).items
  /** Does it, and what it returns takes it back: the history then says nothing of either. */
  const withWayBack = async (act: () => Promise<unknown>, reverse: () => Promise<unknown>) => {
    const known = new Set((await events()).map((event) => event.id))
    await act()
    return async () => {
      await reverse()
      const made = (await events()).filter((event) => event.type.startsWith('interview_') && !known.has(event.id))
      for (const event of made) await client.applications.deleteEvent({ params: { id, event_id: event.id } })
      await refresh(caches)
    }
  }
  /** A change that a button makes, with the way back. */
  const mark = async (interview: Interview, status: Interview['status'], message: string) => {
    try {
      const undo = await withWayBack(
        () => change(interview, { status }),
        () => change(interview, { status: interview.status }),
      )
      showUndo({ message, undo })
    } catch (error) {
      notifyProblem('The interview was not changed', error)
    }
  }
  return {
    add: async (body: InterviewInput, { idempotencyKey, moves }: { idempotencyKey: string; moves: boolean }) => {
      await client.applications.addInterview({ params: { id }, body, idempotencyKey })
      await refresh(caches)
      announce('Interview added')
      if (moves) await move(application, 'interview')
    },
    change,
    markHeld: (interview: Interview) => mark(interview, 'held', `Round ${interview.round} held.`),
    cancel: (interview: Interview) => mark(interview, 'cancelled', `Round ${interview.round} cancelled.`),
    remove: async (interview: Interview) => {
      const { id: interview_id, ...body } = interview
      try {
        const undo = await withWayBack(
          () => client.applications.deleteInterview({ params: { id, interview_id } }),
          () => client.applications.addInterview({ params: { id }, body }),
        )
        await refresh(caches)
        showUndo({ message: `Round ${interview.round} removed.`, undo })
      } catch (error) {
        notifyProblem('The interview was not removed', error)
      }
    },
  }
}
