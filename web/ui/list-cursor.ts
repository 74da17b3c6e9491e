import { useEffect, useRef, useState } from 'react'
import { type KeyBinding, useKeys } from './keys.ts'

type ListCursor = {
  /** Heading in the key map: `Jobs`. */
  scope: string
  /** In the order they are shown. */
  ids: string[]
  /** Enter. */
  onOpen: (id: string) => void
  /** Scroll it into view: a virtual list knows how, by index. */
  onMove?: (index: number, id: string) => void
  /** Keys that act on the row under the cursor. */
  actions?: (Omit<KeyBinding, 'run'> & { run: (id: string) => void })[]
  enabled?: boolean
}

/** The row went: the next one that is still there, else the one before. */
function nearest(before: readonly string[], ids: readonly string[], gone: string): string | null {
  const left = new Set(ids)
  const at = before.indexOf(gone)
  if (at < 0) return null
  const isLeft = (id: string) => left.has(id)
  return before.slice(at).find(isLeft) ?? before.slice(0, at).findLast(isLeft) ?? null
}

/** `j`/`k` and the arrows move a cursor through rows, `Enter` opens: `const { current, setCurrent } = useListCursor({…})`. */
export function useListCursor({ scope, ids, onOpen, onMove, actions = [], enabled = true }: ListCursor) {
  const [current, setCurrent] = useState<string | null>(null)
  const before = useRef(ids)
  useEffect(() => {
    if (current !== null && !ids.includes(current)) setCurrent(nearest(before.current, ids, current))
    before.current = ids
  }, [ids, current])

  /** Gives the row it came to. */
  const move = (step: number): string | undefined => {
    const at = current === null ? (step > 0 ? -1 : ids.length) : ids.indexOf(current)
    const next = Math.min(ids.length - 1, Math.max(0, at + step))
    const id = ids[next]
    if (id === undefined) return undefined
    setCurrent(id)
    onMove?.(next, id)
    return id
  }
  const withCurrent = (act: (id: string) => void) => () => {
    if (current !== null) act(current)
  }
  useKeys(
    scope,
    [
      { keys: 'j', label: 'Next row', run: () => move(1) },
      { keys: 'k', label: 'Row before', run: () => move(-1) },
      { keys: 'ArrowDown', label: 'Next row', run: () => move(1), hidden: true },
      { keys: 'ArrowUp', label: 'Row before', run: () => move(-1), hidden: true },
      { keys: 'Enter', label: 'Open', run: withCurrent(onOpen) },
      ...actions.map((action) => ({ ...action, run: withCurrent(action.run) })),
    ],
    { enabled },
  )
  return { current, setCurrent, move }
}
