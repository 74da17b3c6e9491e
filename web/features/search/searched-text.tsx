import { useSearch } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { MarkedPart } from '../../ui/marked-parts.ts'
import { markWords } from './mark-words.ts'

/** The words of the search that the address has, on whatever page it is. */
export function useSearchedWords(): string | null {
  const { q } = useSearch({ strict: false }) as { q?: unknown }
  return typeof q === 'string' && q.trim() !== '' ? q : null
}

export const Parts = ({ parts }: { parts: MarkedPart[] }) =>
  parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
    part.isHit ? <mark key={index}>{part.text}</mark> : <Fragment key={index}>{part.text}</Fragment>,
  )

/** A text with the words of the present search marked. */
export function SearchedText({ text }: { text: string }) {
  const q = useSearchedWords()
  return q === null ? text : <Parts parts={markWords(text, q)} />
}
