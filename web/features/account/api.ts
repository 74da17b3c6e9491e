import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Me, MeChanges } from '../../../contract/account.ts'
import type { AccountChanges, AccountRecord, NewInvite } from '../../../contract/admin.ts'
import type { NewToken } from '../../../contract/tokens.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'
import { patchRecord, removeRecord, useOptimistic, writeRecord } from '../../api/optimistic.ts'
import { askAuth } from './auth.ts'

export const meKey = ['me'] as const
export const meQuery = queryOptions({ queryKey: meKey, queryFn: ({ signal }) => client.account.me({ signal }), staleTime: 5 * 60_000 })

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }) => client.account.signInOptions({ signal }),
  staleTime: 5 * 60_000,
})

export function useChangeMe() {
  return useOptimistic<MeChanges, Me>({
    mutate: (changes) => client.account.change({ body: changes }),
    patches: (changes) => [{ key: meKey, update: (me) => ({ ...(me as Me), ...changes }) }],
    written: (me, _changes, caches) => caches.setQueryData(meKey, me),
    failed: null,
  })
}

// --- where one is signed in ---

export type Session = {
  id: string
  token: string
  ipAddress: string | null
  userAgent: string | null
  createdAt: string
  updatedAt: string
  isThisOne: boolean
}

const sessionsKey = ['sessions'] as const

/** This one first, then by when they were last seen. */
export const sessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: async () => {
    const [all, mine] = await Promise.all([
      askAuth('/list-sessions', undefined, { signedIn: true }) as Promise<Omit<Session, 'isThisOne'>[]>,
      askAuth('/get-session', undefined, { signedIn: true }) as Promise<{ session: { id: string } } | null>,
    ])
    return all
      .map((one) => ({ ...one, isThisOne: one.id === mine?.session.id }))
      .toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || b.updatedAt.localeCompare(a.updatedAt))
  },
})

/** One of them, or all but this one. */
export function useEndSessions() {
  const caches = useQueryClient()
  return useMutation({
    mutationFn: async (session: Session | 'others') => {
      if (session === 'others') await askAuth('/revoke-other-sessions', {}, { signedIn: true })
      else await askAuth('/revoke-session', { token: session.token }, { signedIn: true })
      await caches.invalidateQueries({ queryKey: sessionsKey })
    },
  })
}

// --- tokens ---

export const tokenKeys = keysOf('tokens')

export function useCreateToken() {
  const caches = useQueryClient()
  return useMutation({
    mutationFn: (body: NewToken) => client.tokens.create({ body }),
    onSuccess: () => caches.invalidateQueries({ queryKey: tokenKeys.all }),
  })
}

export const useDeleteToken = () =>
  useOptimistic<string, void>({
    mutate: (id) => client.tokens.delete({ params: { id } }),
    patches: (id) => [removeRecord(tokenKeys.lists, id)],
    stale: () => [tokenKeys.all],
    failed: 'The token was not revoked, and still works',
  })

// --- people, for an admin ---

export const peopleKeys = keysOf('people')
export const inviteKeys = keysOf('invites')

export const useChangeAccount = () =>
  useOptimistic<{ id: string; changes: AccountChanges }, AccountRecord>({
    mutate: ({ id, changes }) => client.admin.changeUser({ params: { id }, body: changes }),
    patches: ({ id, changes: { disabled, ...changes } }) => [
      patchRecord(peopleKeys.lists, id, {
        ...changes,
        ...(disabled === undefined ? {} : { disabled_at: disabled ? new Date().toISOString() : null }),
      }),
    ],
    written: (account, _variables, caches) => writeRecord(caches, peopleKeys.lists, account),
    failed: 'The account was left as it is',
  })

export function useCreateInvite() {
  const caches = useQueryClient()
  return useMutation({
    mutationFn: (body: NewInvite) => client.admin.createInvite({ body }),
    onSuccess: () => caches.invalidateQueries({ queryKey: inviteKeys.all }),
  })
}

export const useDeleteInvite = () =>
  useOptimistic<string, void>({
    mutate: (id) => client.admin.deleteInvite({ params: { id } }),
    patches: (id) => [removeRecord(inviteKeys.lists, id)],
    stale: () => [inviteKeys.all],
    failed: 'The invitation was not taken back, and its link still works',
  })
