import { parseJobQuery } from '../../../contract/query-syntax.ts'
import { client } from '../../api/client.ts'
import type { PaletteItem, PaletteSource } from '../../ui/palette-item.ts'
import { stringifySearch } from '../../ui/search-params.ts'
import { totalText } from '../../ui/total-text.ts'

const listOf = (filter: object) => `/jobs${stringifySearch({ ...filter })}`

/** Jobs by what the search box takes, all that match as a list, and what was begun as a filter. */
export const jobsPalette: PaletteSource = {
  name: 'jobs',
  find: async (text, signal) => {
    const { filter } = parseJobQuery(text)
    const { deleted: _deleted, ...offered } = filter
    const [{ items, total, did_you_mean }, names] = await Promise.all([
      client.jobs.list({ query: { ...offered, sort: offered.q ? 'relevance' : '-created_at', limit: 6 }, signal }),
      client.search.suggest({ query: { q: text.slice(0, 200), limit: 3 }, signal }),
    ])
    const jobs = items.map((job) => ({
      id: `job ${job.id}`,
      group: 'Jobs',
      label: job.title,
      hint: [job.company, job.location].filter(Boolean).join(', '),
      to: `/jobs/${job.id}`,
    }))
    const all = { id: 'jobs all', group: 'Jobs', label: `Show all ${totalText(total, 'en')} jobs`, to: listOf(offered) }
    const meant = {
      id: 'jobs meant',
      group: 'Jobs',
      label: `Did you mean ${did_you_mean?.trim()}?`,
      to: listOf({ ...offered, q: did_you_mean }),
    }
    const filterBy = (hint: string, parameter: string, values: string[]): PaletteItem[] =>
      values.map((value) => ({ id: `${parameter} ${value}`, group: 'Jobs by', label: value, hint, to: listOf({ [parameter]: [value] }) }))
    return [
      ...jobs,
      ...(total.value > items.length ? [all] : []),
      ...(did_you_mean ? [meant] : []),
      ...filterBy('company', 'company', names.companies),
      ...filterBy('skill', 'tech_stack', names.skills),
      ...filterBy('place', 'location', names.locations),
    ]
  },
}
