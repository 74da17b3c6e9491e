import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FoundJob, Job, JobFilter, JobInput, JobSort } from '../../../contract/jobs.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** Searches against plain loops over everything, on generated jobs: the same set, in the same order. */

const t = useTestApp()

// Words that take each other apart: accents, beginnings of one another, names with signs, what a parser would take for something else.
const vocabulary = [
  'go',
  'Go',
  'golang',
  'C',
  'C++',
  'C#',
  '.NET',
  'Node.js',
  'node',
  'R',
  'Éclair',
  'eclair',
  'ci/cd',
  'full-stack',
  'stack',
  'łódź',
  '世界',
  '24/7',
  'a@b.de',
] // prettier-ignore
const between = fc.constantFrom(' ', ', ', ' | ', '\n', ' (', '/')
const text = fc
  .array(fc.tuple(fc.constantFrom(...vocabulary), between), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(([word, space]) => word + space).join(''))
const draft = fc.record({
  company: text,
  title: text,
  location: fc.option(text),
  tech_stack: fc.uniqueArray(fc.constantFrom(...vocabulary), { maxLength: 3, selector: (word) => word.toLowerCase() }),
  description: fc.option(text),
  notes: fc.option(text, { freq: 2 }),
  status: fc.constantFrom('open', 'closed'),
  priority: fc.integer({ min: 0, max: 2 }),
}) as fc.Arbitrary<Partial<JobInput> & Pick<JobInput, 'company' | 'title'>>

let everything: Job[] = []
beforeAll(async () => {
  const jobs = fc.sample(draft, { numRuns: 150, seed: 11 })
  for (let from = 0; from < jobs.length; from += 50) await t.client.bulk.createJobs({ body: { jobs: jobs.slice(from, from + 50) } })
  everything = await walk({ sort: 'created_at' }, 200)
  expect(everything).toHaveLength(150)
  const { items } = await t.client.jobs.list({ query: { limit: 5 } })
  for (const { id } of items) await t.client.jobs.delete({ params: { id } })
  everything = await walk({ sort: 'created_at', deleted: 'include' }, 200)
})

type Query = JobFilter & { sort?: JobSort; highlight?: boolean }
async function walk(query: Query, limit: number): Promise<FoundJob[]> {
  const found: FoundJob[] = []
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof t.client.jobs.list>> = await t.client.jobs.list({
      query: { ...query, limit, ...(cursor ? { cursor } : {}) },
    })
    found.push(...page.items)
    cursor = page.next_cursor
    if (!cursor) return found
  }
}

// --- the reference ---

const fold = (text: string) => text.replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string) => fold(text).match(/(?<![a-z0-9])[a-z]\+\+|(?<![a-z0-9])[a-z]#|\.net(?![a-z])|[\p{L}\p{N}]+/gu) ?? []
const textsOf = (job: Job) => [job.title, job.company, job.tech_stack.join(' '), job.location, job.notes, job.description]

type Term = { words: string; phrase: boolean; not: boolean }
/** All of these; of each, any. */
type Wanted = Term[][]

function holds(job: Job, { words, not }: Term, isBeginning: boolean): boolean {
  const want = wordsOf(words)
  const found = textsOf(job).some((text) => {
    const have = wordsOf(text ?? '')
    return have.some((_, at) =>
      want.every((word, next) => {
        const there = have[at + next]
        return isBeginning && next === want.length - 1 ? there?.startsWith(word) : there === word
      }),
    )
  })
  return found !== not
}

const termText = ({ words, phrase, not }: Term) => `${not ? '-' : ''}${phrase ? `"${words}"` : words}`
const queryText = (wanted: Wanted) => wanted.map((group) => group.map(termText).join(' or ')).join(' ')

const term = fc.oneof(
  { weight: 3, arbitrary: fc.record({ words: fc.constantFrom(...vocabulary), phrase: fc.constant(false), not: fc.constant(false) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      words: fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
      phrase: fc.constant(true),
      not: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ words: fc.constantFrom(...vocabulary), phrase: fc.constant(false), not: fc.constant(true) }) },
)
const wanted = fc.array(fc.array(term, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })

const sorts = ['-created_at', 'created_at', 'company', '-title', 'priority', '-updated_at'] as const
function sorted(jobs: readonly Job[], sort: (typeof sorts)[number]): string[] {
  const name = sort.replace('-', '') as 'created_at' | 'company' | 'title' | 'priority' | 'updated_at'
  const direction = sort.startsWith('-') ? -1 : 1
  const keyOf = (job: Job) => (name === 'priority' ? String(job.priority) : fold(job[name]))
  const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
  return jobs.toSorted((a, b) => direction * (compare(keyOf(a), keyOf(b)) || compare(a.id, b.id))).map(({ id }) => id)
}

test('any search, with any filter, in any order and page size', async () => {
  const seen = { none: 0, some: 0 }
  const more = fc.record(
    { status: fc.constant(['open'] as const), tech_stack_any: fc.constant(['go', 'c++']), deleted: fc.constantFrom('only', 'include') },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(
      wanted,
      more,
      fc.constantFrom(...sorts),
      fc.boolean(),
      fc.integer({ min: 5, max: 60 }),
      async (wanted, filter, sort, typing, limit) => {
        const last = wanted.at(-1)?.at(-1)
        // Only a word is still being typed, and one that is left out never.
        const isTyping = (term: Term) => typing && term === last && !term.phrase && !term.not
        const expected = everything.filter(
          (job) =>
            (filter.deleted === 'include' || (job.deleted_at !== null) === (filter.deleted === 'only')) &&
            (!filter.status || job.status === 'open') &&
            (!filter.tech_stack_any || job.tech_stack.some((word) => ['go', 'c++'].includes(fold(word)))) &&
            wanted.every((group) => group.some((term) => holds(job, term, isTyping(term)))),
        )
        const q = queryText(wanted) + (typing ? '' : ' ')
        const found = await walk({ q, ...(filter as JobFilter), sort }, limit)
        expect(
          found.map(({ id }) => id),
          q,
        ).toEqual(sorted(expected, sort))
        const { total } = await t.client.jobs.list({ query: { q, ...(filter as JobFilter), limit: 1 } })
        expect(total).toEqual({ value: expected.length, relation: 'exact' })
        if (expected.length === 0) seen.none++
        else seen.some++
      },
    ),
    { numRuns: 80 },
  )
  expect(seen.some).toBeGreaterThan(20)
  expect(seen.none).toBeGreaterThan(2)
})

test('a bulk change and an export by a filter are about the jobs that the list shows', async () => {
  await fc.assert(
    fc.asyncProperty(wanted, async (wanted) => {
      const q = `${queryText(wanted)} `
      const ids = (await walk({ q, sort: 'created_at' }, 200)).map(({ id }) => id).toSorted()
      const exported = (await (await t.client.exports.jobs({ query: { format: 'json', q } })).json()) as { items: Job[] }
      expect(exported.items.map(({ id }) => id).toSorted()).toEqual(ids)
    }),
    { numRuns: 10 },
  )
})

describe('highlights', () => {
  test('without the marks and unescaped it is a piece of the text, and every hit of a word is marked', async () => {
    const plain = (marked: string) =>
      marked
        .replace(/<\/?mark>/g, '')
        .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] as string) // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...vocabulary), async (word) => {
        for (const job of await walk({ q: `${word} `, highlight: true }, 200)) {
          const texts: Record<string, string | null> = { ...job, tech_stack: job.tech_stack.join(', ') } as never
          const marked = Object.entries(job.highlights ?? {})
          expect(marked.length).toBeGreaterThan(0)
          for (const [name, text] of marked) {
            expect(plain(text)).toBe(texts[name])
            expect(
              [...text.matchAll(/<mark>(.*?)<\/mark>/g)].every(
                ([, hit]) => wordsOf(plain(hit as string)).join(' ') === wordsOf(word).join(' '),
              ),
            ).toBe(true) // prettier-ignore
            expect(text.replace(/<\/?mark>/g, '')).not.toMatch(/[<>"']/)
          }
        }
      }),
      { numRuns: vocabulary.length },
    )
  })
})
