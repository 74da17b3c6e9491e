import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

const marked = z.string().optional()

/** Where the search was found, for showing: everything but the marks is escaped, so that it can stand in a page as it is. */
const inJob = {
  title: marked.meta({ examples: ['<mark>Platform</mark> Engineer'] }),
  company: marked,
  tech_stack: marked,
  location: marked,
  description: marked.meta({ examples: ['… run the <mark>platform</mark> that our teams build on …'] }),
}
export const JobHighlights = z.strictObject({ ...inJob, notes: marked }).meta({ id: 'JobHighlights' })
export const ApplicationHighlights = z
  .strictObject({ ...inJob, job_notes: marked, notes: marked, contacts: marked })
  .meta({ id: 'ApplicationHighlights' })

export const Highlight = f.QueryFlag.meta({
  description: 'With `q`: `highlights` in each item, safe markup with `<mark>` around what was found, excerpts of long texts',
})

export const DidYouMean = z
  .string()
  .optional()
  .meta({
    description: 'When nothing was found: the search with its mistyped words put right, which finds something',
    examples: ['kubernetes'],
  })

const names = z.array(z.string())
export const Suggestions = z
  .strictObject({
    companies: names.meta({ examples: [['Northwind Labs']] }),
    titles: names.meta({ examples: [['Platform Engineer']] }),
    skills: names.meta({ examples: [['PostgreSQL']] }),
    locations: names.meta({ examples: [['Porto, Portugal']] }),
  })
  .meta({ id: 'Suggestions' })
export type Suggestions = z.output<typeof Suggestions>

export const search = {
  suggest: {
    method: 'GET',
    path: '/search/suggest',
    summary: 'Suggest companies, titles, skills and locations',
    description:
      'Those of your jobs that begin with `q`, then those with a word that does; of each kind the most frequent first. Without `q`: the most frequent ones.',
    access: 'read',
    query: z.strictObject({
      q: f.QueryWords.meta({ examples: ['po'] }),
      limit: f.queryInteger(1, 20).default(8).meta({ description: 'Of each kind' }),
    }),
    returns: Suggestions,
    status: 200,
    problems: ['invalid_query'],
  },
} as const satisfies Endpoints
