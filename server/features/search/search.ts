import type { Suggestions } from '../../../contract/search.ts'
import { readSearchWords } from '../../../contract/search-words.ts'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { countLatest } from './counting.ts'
import { foldFor } from './folding.ts'
import { closest } from './likeness.ts'
import { findFrequentTerms, findKnownWords, findLikeWords, findTermsBeginning, type TermKind, termKinds } from './queries.ts'
import { tokensOf, written } from './tokens.ts'

export { highlight } from './highlight.ts'

export async function suggest(app: App, user: User, { q = '', limit }: { q?: string | undefined; limit: number }): Promise<Suggestions> {
  await countLatest(app, user)
  const fold = await foldFor(app, [q])
  const of = await suggestionsFor(app, user, fold(q.trimStart()).text, limit)
  return { companies: of.company, titles: of.title, skills: of.skill, locations: of.location }
}

async function suggestionsFor(app: App, user: User, key: string, limit: number): Promise<Record<TermKind, string[]>> {
  const found: Record<TermKind, string[]> = { company: [], title: [], skill: [], location: [] }
  const add = (terms: readonly { kind: TermKind; value: string }[]) => {
    for (const { kind, value } of terms) if (!found[kind].includes(value) && found[kind].length < limit) found[kind].push(value)
  }
  if (key === '') {
    add(await findFrequentTerms(app.db, user.id, termKinds, key, 'first', limit))
    return found
  }
  const begins = await findTermsBeginning(app.db, user.id, key, limit)
  const tooMany = termKinds.filter((kind) => begins.some((term) => term.kind === kind && !term.all))
  if (tooMany.length > 0) add(await findFrequentTerms(app.db, user.id, tooMany, key, 'first', limit))
  add(begins)
  const missing = termKinds.filter((kind) => found[kind].length < limit)
  if (missing.length > 0) add(await findFrequentTerms(app.db, user.id, missing, key, 'later', limit))
  return found
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
