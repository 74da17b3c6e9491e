import { QueryClient } from '@tanstack/react-query'
import { ProblemError, UnreachableError } from '../../client/client.ts'
import { onConnectionChange } from './connection.ts'

const mostSeconds = 15

/** Seconds after which a read is worth asking again; null: the answer is final. */
function waitFor(error: unknown, count: number): number | null {
  if (error instanceof UnreachableError) return 0.5 * 2 ** count
  // Busy, starting, or too much at a time: the server says how long.
  if (!(error instanceof ProblemError) || ![429, 503].includes(error.problem.status)) return null
  const seconds = error.retryAfter ?? 2 ** count
  return seconds <= mostSeconds ? seconds : null
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => count < 2 && waitFor(error, count) !== null,
      retryDelay: (count, error) => (waitFor(error, count) ?? 0) * 1_000,
      networkMode: 'always',
    },
    // A write whose answer was lost may have happened: it is never sent twice by itself.
    mutations: { retry: false, networkMode: 'always' },
  },
})

onConnectionChange((now) => {
  if (now === 'up') void queryClient.invalidateQueries()
})
