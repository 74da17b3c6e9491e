import { queryOptions } from '@tanstack/react-query'
import type { Profile, ProfileChanges } from '../../../contract/profile.ts'
import { client } from '../../api/client.ts'
import { useOptimistic } from '../../api/optimistic.ts'

const key = ['profile'] as const

export const profileQuery = queryOptions({ queryKey: key, queryFn: ({ signal }) => client.profile.get({ signal }) })

/** Shown at once; the field that saves with it shows its own error. */
export function useChangeProfile() {
  return useOptimistic<ProfileChanges, Profile>({
    mutate: (changes) => client.profile.update({ body: changes }),
    patches: (changes) => [{ key, update: (profile) => ({ ...(profile as Profile), ...changes }) }],
    written: (profile, _changes, caches) => caches.setQueryData(key, profile),
    // Every match is measured against the profile.
    stale: () => [['jobs']],
    failed: null,
  })
}
