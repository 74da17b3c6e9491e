import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { notifyProblem } from '../../ui/notify.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { refreshAfter, takeOffTheList } from './api.ts'
import type { Due, DueAction } from './due.ts'

/** Does it, takes the row off the list at once, offers the way back, and puts the row back when it fails. */
export function useDo() {
  const caches = useQueryClient()
  return useCallback(
    async ({ application, list, company }: Due, action: DueAction) => {
      if (!application || list === 'interviews' || list === 'deadlines') return
      takeOffTheList(caches, application.id, list)
      try {
        const undo = await action.do(application)
        showUndo({
          message: `${company}: ${action.said}`,
          undo: async () => {
            await undo()
            await refreshAfter(caches)
          },
        })
      } catch (error) {
        notifyProblem(`${company} was left as it is`, error)
      }
      await refreshAfter(caches)
    },
    [caches],
  )
}
