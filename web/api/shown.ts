import { useRef } from 'react'

/** What the rows on the screen were asked for: while the next ones are on their way, what was asked before. */
export function useShown<T>(asked: T, isStale: boolean): T {
  const shown = useRef(asked)
  if (!isStale) shown.current = asked
  return shown.current
}
