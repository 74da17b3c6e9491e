import { QueryClient } from '@tanstack/react-query'
import { UnreachableError } from '../../client/client.ts'
import { onConnectionChange } from './connection.ts'

/** An answer that says no is final; only silence is worth asking again. */
const onlySilence = (count: number, error: unknown) => error instanceof UnreachableError && count < 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: onlySilence, retryDelay: (count) => 500 * 2 ** count, networkMode: 'always' },
    // A write whose answer was lost may have happened: it is never sent twice by itself.
    mutations: { retry: false, networkMode: 'always' },
  },
})

onConnectionChange((now) => {
  if (now === 'up') void queryClient.invalidateQueries()
})
