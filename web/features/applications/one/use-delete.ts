import { useQueryClient } from '@tanstack/react-query'
import type { Application } from '../../../../contract/applications.ts'
import { client } from '../../../api/client.ts'
import { notifyProblem } from '../../../ui/notify.tsx'
import { showUndo } from '../../../ui/undo.tsx'
import { keys, refresh } from '../api.ts'

/** Into the trash, with the way back. */
export function useDelete({ id, job }: Application, onDeleted: () => void) {
  const caches = useQueryClient()
  return async () => {
    try {
      await client.applications.delete({ params: { id } })
    } catch (error) {
      notifyProblem('The application was not deleted', error)
      return
    }
    onDeleted()
    caches.removeQueries({ queryKey: keys.one(id) })
    await refresh(caches)
    showUndo({
      message: `${job.company}, ${job.title} deleted.`,
      undo: async () => {
        await client.applications.restore({ params: { id } })
        await refresh(caches)
      },
    })
  }
}
