import type { App } from '../../app.ts'
import { foldCharacters } from './queries.ts'

/** Text as the database compares it, with the way back to where each piece came from. */
export type Folded = { text: string; origin(at: number): number }
export type Fold = (text: string) => Folded

const known = new WeakMap<App['pool'], Map<string, string>>()
const isPlain = (text: string) => !/[^\0-\x7f]/.test(text)

/** Folds these texts. What the database makes of a character is asked once and kept: its rules are not repeated here. */
export async function foldFor(app: App, texts: Iterable<string>): Promise<Fold> {
  const folded = known.get(app.pool) ?? new Map<string, string>()
  known.set(app.pool, folded)
  const unknown = new Set<string>()
  for (const text of texts) {
    if (isPlain(text)) continue
    for (const one of text.match(/[^\0-\x7f]/gu) ?? []) if (!folded.has(one)) unknown.add(one)
  }
  if (unknown.size > 0) for (const [one, to] of await foldCharacters(app.db, [...unknown])) folded.set(one, to)
  return (text) => (isPlain(text) ? { text: text.toLowerCase(), origin: (at) => at } : foldWith(folded, text))
}

function foldWith(folded: ReadonlyMap<string, string>, text: string): Folded {
  let result = ''
  const origins: number[] = []
  let from = 0
  for (const one of text) {
    const to = one < '\x80' ? one.toLowerCase() : (folded.get(one) ?? one)
    for (let at = 0; at < to.length; at++) origins.push(from)
    result += to
    from += one.length
  }
  return { text: result, origin: (at) => origins[at] ?? text.length }
}
