export type MarkedPart = { text: string; isHit: boolean }

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const plain = (text: string) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (one) => characters[one] as string)

/** The pieces of `run the <mark>platform</mark> &amp; more`, as text. */
export const markedParts = (markup: string): MarkedPart[] =>
  markup
    .split(/<mark>(.*?)<\/mark>/s)
    .map((text, index) => ({ text: plain(text), isHit: index % 2 === 1 }))
    .filter(({ text }) => text !== '')

export const textOf = (markup: string) => plain(markup.replaceAll(/<\/?mark>/g, ''))

/** Each part of `Go, <mark>Rust</mark>` by the text it stands for, as a list was joined. A hit across two parts marks neither. */
export const markedByText = (markup: string): Map<string, string> =>
  new Map(
    markup
      .split(', ')
      .filter((one) => one.split('<mark>').length === one.split('</mark>').length)
      .map((one) => [textOf(one), one]),
  )

const hitsOf = (markup: string | undefined) =>
  markup === undefined ? [] : markedParts(markup).flatMap(({ text, isHit }) => (isHit ? [text.toLowerCase()] : []))

/**
 * Of the texts that are not on the screen, the first that says something the ones on it do not: a hit in the title
 * needs no proof from the description.
 */
export function excerptOf(shown: (string | undefined)[], hidden: (string | undefined)[]): string | null {
  const seen = new Set(shown.flatMap(hitsOf))
  return hidden.find((markup) => hitsOf(markup).some((hit) => !seen.has(hit))) ?? null
}

/** Begins a few words before the first hit, for one line that is cut off at its end. */
export function fromFirstHit(markup: string, before = 24): string {
  const at = markup.indexOf('<mark>')
  if (at <= before) return markup
  const space = markup.indexOf(' ', at - before)
  return `… ${markup.slice(space < 0 || space > at ? at : space + 1).replace(/^… /, '')}`
}
