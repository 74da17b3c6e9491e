import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { type QueryName, type QueryProblem, usualName } from '../../../contract/query-syntax.ts'
import { quoted } from '../../../contract/query-tokens.ts'
import type { Suggestions } from '../../../contract/search.ts'
import { client } from '../../api/client.ts'
import { applicationStatusWords, jobStatusWords, jobTypeWords, remoteWords } from '../../ui/words.ts'
import { type Place, type Typed, typedAt } from './pieces.ts'
import type { BoxSyntax, Filter } from './syntaxes.ts'

export type Suggestion = {
  label: string
  /** Beside it: what it is. */
  what: string
  /** Text instead of what stands there, or a filter instead of it. */
  place: Place
  write?: string
  filter?: Filter
}

export const suggestionsQuery = (q: string, limit: number) =>
  queryOptions({
    queryKey: ['search', 'suggest', q, limit],
    queryFn: ({ signal }) => client.search.suggest({ query: { q, limit }, signal }),
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  })

const ofEach = 3
const values: Record<string, string> = {
  ...remoteWords,
  ...jobTypeWords,
  ...applicationStatusWords,
  ...jobStatusWords,
  true: 'Yes',
  false: 'No',
}

/** Which suggestions a filter takes. */
const suggested: Record<string, keyof Suggestions> = { company: 'companies', location: 'locations', skill: 'skills', skill_any: 'skills' }
const kinds: { of: keyof Suggestions; what: string; parameter: string | null }[] = [
  { of: 'companies', what: 'company', parameter: 'company' },
  { of: 'titles', what: 'title', parameter: null },
  { of: 'skills', what: 'skill', parameter: 'tech_stack' },
  { of: 'locations', what: 'place', parameter: 'location' },
]

const begins = (text: string, typed: string) => text.toLowerCase().startsWith(typed.toLowerCase())
/** As it is found: one word as it stands, several in quotes. A space ends it. */
const asWords = (text: string) => (/^[\p{L}\p{N}]+$/u.test(text) ? `${text} ` : `"${text.replaceAll('"', ' ')}" `)

/** What could be meant by what is typed at the caret, and how to put right what cannot be read. */
export function useSuggestions(syntax: BoxSyntax, text: string, caret: number | null, problems: QueryProblem[], isOpen: boolean) {
  const typed = caret === null ? null : typedAt(text, caret)
  const name = typed?.kind === 'value' ? syntax.names.find((one) => one.name === usualName(typed.name)) : undefined
  const asked = !typed ? '' : typed.kind === 'words' ? typed.text : name && suggested[name.name] ? typed.text : ''
  const [q] = useDebouncedValue(asked.slice(0, 200), 100)
  const wants = isOpen && (typed?.kind === 'words' || (name !== undefined && suggested[name.name] !== undefined))
  const { data } = useQuery({ ...suggestionsQuery(q, typed?.kind === 'value' ? 8 : ofEach), enabled: wants })
  const found = wants ? data : undefined

  const remedies = problems.flatMap((problem) =>
    closestFirst(text.slice(problem.at, problem.at + problem.length), problem.expected).map(
      (one): Suggestion => ({ label: one, what: 'instead', place: problem, write: one }),
    ),
  )
  const options =
    typed?.kind === 'words'
      ? [...namesFor(syntax, typed), ...wordsFor(syntax, typed, found)]
      : typed?.kind === 'value' && name
        ? valuesFor(syntax, typed, name, found)
        : []
  return {
    options: [...remedies, ...options],
    /** What the filter being typed takes, when that cannot be listed. */
    hint:
      name && name.choices.length === 0 && !suggested[name.name] && name.examples.length > 0
        ? `${name.name}: takes ${name.examples.join(', ')}`
        : null,
  }
}

const remediesAtMost = 5

/** Those that begin most alike first; the others in their order. */
function closestFirst(typed: string, expected: string[]): string[] {
  const alike = (one: string) => [...one].findIndex((letter, at) => letter !== typed[at])
  const weight = (one: string) => (alike(one) < 0 ? one.length : alike(one))
  return expected.toSorted((a, b) => weight(b) - weight(a)).slice(0, remediesAtMost)
}

function namesFor(syntax: BoxSyntax, { last, lastPlace }: Extract<Typed, { kind: 'words' }>): Suggestion[] {
  if (last.length < 2) return []
  return syntax.names
    .filter(({ name, parameters }) => begins(name, last) || parameters.some((one) => begins(one, last)))
    .slice(0, ofEach)
    .map(({ name }) => ({ label: `${name}:`, what: 'filter', place: lastPlace, write: `${name}:` }))
}

function wordsFor(syntax: BoxSyntax, { place }: Extract<Typed, { kind: 'words' }>, found: Suggestions | undefined): Suggestion[] {
  if (!found) return []
  return kinds.flatMap(({ of, what, parameter }) =>
    found[of].slice(0, ofEach).map((value): Suggestion => {
      const isFilter = parameter !== null && syntax.names.some(({ parameters }) => parameters.includes(parameter))
      return { label: value, what, place, ...(isFilter ? { filter: { [parameter]: [value] } } : { write: asWords(value) }) }
    }),
  )
}

function valuesFor(
  syntax: BoxSyntax,
  typed: Extract<Typed, { kind: 'value' }>,
  name: QueryName,
  found: Suggestions | undefined,
): Suggestion[] {
  const of = suggested[name.name]
  const choices = of
    ? (found?.[of] ?? [])
    : name.choices.filter((choice) => begins(choice, typed.text) || begins(values[choice] ?? '', typed.text))
  return choices
    .filter((choice) => !typed.before.includes(choice))
    .map((choice) => {
      const piece = `${typed.name}:${[...typed.before, choice].map((one) => quoted(one)).join(',')}`
      return { label: of ? choice : (values[choice] ?? choice), what: name.name, place: typed.piece, filter: syntax.parse(piece).filter }
    })
}
