import { ProblemError } from '../../../../client/client.ts'
import type { Application, ApplicationChanges } from '../../../../contract/applications.ts'
import { client } from '../../../api/client.ts'
import { useChangeApplication } from '../api.ts'

export const isStale = (error: unknown) => error instanceof ProblemError && error.problem.code === 'stale_version'

/**
 * A change that is worked out from what is there. Was the record changed elsewhere meanwhile, it is worked out anew
 * from what it is now, so that neither of the two is lost.
 */
export function useSafeChange({ id, ...shown }: Application) {
  const { mutateAsync: write } = useChangeApplication()
  return async (change: (present: Application) => ApplicationChanges) => {
    try {
      return await write({ id, changes: change({ id, ...shown }), ifVersion: shown.version })
    } catch (error) {
      if (!isStale(error)) throw error
      const fresh = await client.applications.get({ params: { id } })
      return write({ id, changes: change(fresh), ifVersion: fresh.version })
    }
  }
}
