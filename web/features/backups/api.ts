import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { RestoreInput } from '../../../contract/backups.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'

const keys = keysOf('backups')

export const backupsQuery = queryOptions({
  queryKey: keys.lists,
  queryFn: ({ signal }) => client.backups.list({ signal }),
})

/** What changes the list of backups shows it anew, whether it went well or not. */
function useBackupChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const caches = useQueryClient()
  return useMutation({ mutationFn, onSettled: () => caches.invalidateQueries({ queryKey: keys.all }) })
}

export const useBackUpNow = () => useBackupChange((attempt: string) => client.backups.create({ idempotencyKey: attempt }))
export const useVerifyBackup = () => useBackupChange((name: string) => client.backups.verify({ params: { name } }))
export const useDeleteBackup = () => useBackupChange((name: string) => client.backups.delete({ params: { name } }))

/** A file in hand, or one that Landed keeps. */
export type RestoreSource = { file: File } | { name: string }

const restore = (from: RestoreSource, body: Partial<RestoreInput>, more: { signal?: AbortSignal; idempotencyKey?: string }) =>
  'file' in from
    ? client.backups.restore({ file: from.file, body, ...more })
    : client.backups.restoreKept({ params: { name: from.name }, body, ...more })

const nameOf = (from: RestoreSource) => ('file' in from ? [from.file.name, from.file.size, from.file.lastModified] : [from.name])

/** What restoring would do, without doing it. */
export const restoreDraft = (from: RestoreSource, mode: RestoreInput['mode']) =>
  queryOptions({
    queryKey: ['backups', 'draft', ...nameOf(from), mode],
    queryFn: ({ signal }) => restore(from, { mode, dry_run: true }, { signal }),
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  })

export function useRestore(from: RestoreSource) {
  const caches = useQueryClient()
  return useMutation({
    mutationFn: ({ attempt, ...body }: Pick<RestoreInput, 'mode' | 'confirm'> & { attempt: string }) =>
      restore(from, body, { idempotencyKey: attempt }),
    onSuccess: () => caches.invalidateQueries(),
  })
}
