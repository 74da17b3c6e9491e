import type { Suggestions } from '../../../contract/search.ts'
import { readSearchWords } from '../../../contract/search-words.ts'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { countLatest } from './counting.ts'
import { foldFor } from './folding.ts'
import { closest } from './likeness.ts'
import { findKnownWords, findLikeWords, findTerms, type TermKind } from './queries.ts'
import { tokensOf, written } from './tokens.ts'

export { highlight } from './highlight.ts'

export async function suggest(app: App, user: User, { q = '', limit }: { q?: string | undefined; limit: number }): Promise<Suggestions> {
  await countLatest(app, user)
  const terms = await findTerms(app.db, user.id, q, limit)
  const of = (kind: TermKind) => terms.filter((term) => term.kind === kind).map(({ value }) => value)
  return { companies: of('company'), titles: of('title'), skills: of('skill'), locations: of('location') }
}

// Of a search with more words that nobody wrote, hardly one was meant.
const mistypedAtMost = 4
const triesAtMost = 4

/** A search that found nothing, with the words in it that no job has put right; only if that `finds` something. */
export async function didYouMean(app: App, user: User, q: string, finds: (q: string) => Promise<boolean>): Promise<string | undefined> {
  await countLatest(app, user)
  const fold = await foldFor(app, [q])
  let from = 0
  const tokens = readSearchWords(q).flatMap((group) =>
    group.flatMap(({ text, not, typing }) => {
      const at = q.indexOf(text, from)
      from = at + text.length
      const inText = not ? [] : tokensOf(fold(text))
      return inText.map((token, index) => ({
        word: token.word,
        from: at + token.from,
        to: at + token.to,
        typing: typing && index === inText.length - 1,
      }))
    }),
  )
  const looked = tokens.filter(({ word }) => /^\p{L}{3,40}$/u.test(word))
  const beginning = looked.find(({ typing }) => typing)?.word ?? null
  const known = await findKnownWords(
    app.db,
    user.id,
    looked.map(({ word }) => word),
    beginning,
  )
  const mistyped = looked.filter(({ word }) => !known.has(word))
  if (mistyped.length === 0 || mistyped.length > mistypedAtMost) return undefined

  const meant = await Promise.all(mistyped.map(async ({ word }) => closest(word, await findLikeWords(app.db, user.id, word))))
  const tries = Math.min(triesAtMost, Math.max(...meant.map((words) => words.length)))
  for (let attempt = 0; attempt < tries; attempt++) {
    const parts = mistyped.map((token, at) => ({ ...token, meant: meant[at]?.[attempt] ?? meant[at]?.[0] }))
    if (parts.some((part) => part.meant === undefined)) return undefined
    const right = parts
      .toReversed()
      .reduce((text, { from, to, meant }) => text.slice(0, from) + written(meant as string) + text.slice(to), q)
    if (await finds(right)) return right
  }
  return undefined
}
