import { useDebouncedCallback } from '@mantine/hooks'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { announce } from '../../ui/announce.tsx'
import { mergeFilter, type Place, problemsIn, takePieces, textOf, wordsOf } from './pieces.ts'
import type { BoxSyntax, Filter } from './syntaxes.ts'

/** In ms: long enough for two letters, short enough not to be felt. */
const pause = 120

export type QueryBoxState = {
  syntax: BoxSyntax
  box: RefObject<HTMLInputElement | null>
  /** The words in the address. */
  q: string | undefined
  /** The whole filter in the address. */
  filter: Filter
  /** Changes of the address; undefined takes a parameter out of it. */
  onChange: (changes: Filter) => void
}

/**
 * The box has the words and what is being written; what is finished is a filter and leaves it. Words go to the address
 * after a short pause, filters at once; what the address says by other means (back, a link, a chip) comes into the box.
 */
export function useQueryBox({ syntax, box, q, filter, onChange }: QueryBoxState) {
  const [text, setText] = useState(() => textOf(syntax, q))
  const [caret, setCaret] = useState<number | null>(null)
  // Left, or entered: nothing is half-typed any more.
  const [isSettled, setSettled] = useState(true)
  const wantsCaret = useRef<number | null>(null)
  // Sent, but not yet seen in the address: slow answers must not undo what was typed meanwhile.
  const sent = useRef<string[]>([])
  const seen = useRef(q ?? '')

  const send = (words: string | undefined, more: Filter = {}) => {
    const before = sent.current.at(-1) ?? seen.current
    const isOther = (words ?? '') !== before
    if (isOther) sent.current.push(words ?? '')
    if (isOther || Object.keys(more).length > 0) onChange({ ...more, ...(isOther ? { q: words } : {}) })
  }
  const later = useDebouncedCallback((words: string | undefined) => send(words), pause)
  const write = (words: string | undefined, more?: Filter) => {
    later.cancel()
    send(words, more)
  }

  useEffect(() => {
    const words = q ?? ''
    if (words === seen.current) return
    seen.current = words
    const at = sent.current.indexOf(words)
    sent.current = at < 0 ? [] : sent.current.slice(at + 1)
    if (at < 0) setText(textOf(syntax, q))
  }, [q, syntax])

  useLayoutEffect(() => {
    if (wantsCaret.current === null) return
    box.current?.setSelectionRange(wantsCaret.current, wantsCaret.current)
    wantsCaret.current = null
  })

  /** What the box says from now on, and the filters that came of it. */
  const put = (typed: string, at: number, when: 'typing' | 'leaving', more: Filter = {}) => {
    const taken = takePieces(syntax, typed, at, when)
    const filters = { ...mergeFilter(filter, more), ...mergeFilter({ ...filter, ...more }, taken.filter) }
    setText(taken.text)
    setSettled(when === 'leaving')
    if (when === 'typing') {
      setCaret(taken.caret)
      if (taken.text !== box.current?.value || taken.caret !== box.current.selectionStart) wantsCaret.current = taken.caret
    }
    const words = wordsOf(syntax, taken.text)
    if (Object.keys(filters).length > 0) {
      announce(`Filter: ${syntax.print(filters)}`)
      write(words, filters)
    } else if (when === 'leaving') write(words)
    else later(words)
    return taken.text
  }
  const cut = (place: Place, by: string) => text.slice(0, place.at) + by + text.slice(place.at + place.length)

  const problems = useMemo(() => problemsIn(syntax, text, isSettled ? null : caret), [syntax, text, caret, isSettled])
  return {
    text,
    caret,
    problems,
    moveCaret: (at: number) => setCaret(at),
    type: (typed: string, at: number) => put(typed, at, 'typing'),
    /** Nothing is half-typed any more: gives what could not be read. */
    settle: () => problemsIn(syntax, put(text, text.length, 'leaving'), null),
    clear: () => {
      setText('')
      setCaret(0)
      write(undefined)
    },
    /** Instead of what stands there. */
    replace: (place: Place, by: string) => put(cut(place, by), place.at + by.length, 'typing'),
    /** A filter instead of what stands there. */
    takeFilter: (place: Place, more: Filter) => put(cut(place, ''), place.at, 'typing', more),
    /** Other words, at once. */
    say: (words: string) => {
      setText(textOf(syntax, words))
      write(words)
    },
    /** The last filter comes back as text. False when there is none. */
    takeBack: () => {
      const own = Object.fromEntries(
        Object.entries(filter).filter(
          ([name, value]) => value !== undefined && syntax.names.some(({ parameters }) => parameters.includes(name)),
        ),
      )
      const last = syntax.names.findLast(({ parameters }) => parameters.some((name) => name in own))
      if (!last) return false
      const piece = syntax.print(Object.fromEntries(Object.entries(own).filter(([name]) => last.parameters.includes(name))))
      setText(piece + (text === '' ? '' : ` ${text}`))
      setCaret(piece.length)
      wantsCaret.current = piece.length
      write(wordsOf(syntax, text), Object.fromEntries(last.parameters.map((name) => [name, undefined])))
      return true
    },
  }
}
