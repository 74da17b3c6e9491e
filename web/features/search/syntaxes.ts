import {
  applicationQueryNames,
  jobQueryNames,
  type ParsedQuery,
  parseApplicationQuery,
  parseJobQuery,
  printApplicationQuery,
  printJobQuery,
  type QueryName,
} from '../../../contract/query-syntax.ts'
import { readTokens } from '../../../contract/query-tokens.ts'

export type Filter = Record<string, unknown>

/** What a search box must know of the list it searches. */
export type BoxSyntax = {
  kind: 'jobs' | 'applications'
  parse: (text: string) => ParsedQuery<Filter>
  print: (filter: Filter) => string
  names: QueryName[]
}

/** What no chip shows is no filter of a box: nobody could see it, nor take it away. */
const elsewhere: Record<string, string> = {
  deleted: 'What was deleted is in the trash, which has a page of its own.',
  job_id: 'Open the job to see its applications.',
}

function parseOffered(parse: (text: string) => ParsedQuery<Filter>, text: string): ParsedQuery<Filter> {
  const { filter, problems } = parse(text)
  const offered = Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in elsewhere)))
  const others = readTokens(text).flatMap((token) => {
    const message = token.kind === 'field' && !token.isNegated ? elsewhere[token.name.text] : undefined
    return message ? [{ at: token.at, length: token.length, message, expected: [] }] : []
  })
  return { filter: offered, problems: [...problems, ...others] }
}

const isOffered = ({ name }: QueryName) => !(name in elsewhere)

export const jobSyntax: BoxSyntax = {
  kind: 'jobs',
  parse: (text) => parseOffered(parseJobQuery, text),
  print: printJobQuery,
  names: jobQueryNames.filter(isOffered),
}
export const applicationSyntax: BoxSyntax = {
  kind: 'applications',
  parse: (text) => parseOffered(parseApplicationQuery, text),
  print: printApplicationQuery,
  names: applicationQueryNames.filter(isOffered),
}
