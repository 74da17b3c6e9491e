import { Fragment } from 'react'
import { markedParts, textOf } from './marked-parts.ts'

/** What the server marked as found. Its markup is read, never put into the page: only text and marks can come of it. */
export function Marked({ markup }: { markup: string }) {
  return markedParts(markup).map(({ text, isHit }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
    isHit ? <mark key={index}>{text}</mark> : <Fragment key={index}>{text}</Fragment>,
  )
}

/** A text as it is, with what was found in it marked. A markup of what it was before is left out. */
export function Found({ text, markup }: { text: string; markup: string | undefined }) {
  return markup !== undefined && textOf(markup) === text ? <Marked markup={markup} /> : text
}
