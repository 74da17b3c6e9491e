import { z } from 'zod'
import { ApplicationSort, applicationFilter } from '../../../contract/applications.ts'
import { Id } from '../../../contract/fields.ts'
import type { Filter } from '../../ui/filter-bar.tsx'
import { searchOf } from '../../ui/search-params.ts'
import { applicationStatusWords, optionsOf } from '../../ui/words.ts'

const { deleted: _, ...fields } = applicationFilter

/** The address of the applications: what is shown and how, what lies open beside it, and for which job one is being added. */
export const readSearch = searchOf({
  ...fields,
  view: z.enum(['board', 'table']).optional(),
  sort: ApplicationSort.optional(),
  open: Id.optional(),
  saved: Id.optional(),
  add: z.union([z.literal('new'), Id]).optional(),
})
export type ApplicationsSearch = ReturnType<typeof readSearch>

export type ListQuery = Omit<ApplicationsSearch, 'view' | 'open' | 'saved' | 'add'>

export const queryOf = ({ view: _view, open: _open, saved: _saved, add: _add, ...query }: ApplicationsSearch): ListQuery => query

/** What narrows the list. */
export const filterIn = ({ sort: _sort, ...filter }: ListQuery) => filter

export const isFiltered = (query: ListQuery) => Object.values(filterIn(query)).some((value) => value !== undefined)

export const filters: Filter[] = [
  { kind: 'choice', name: 'status', label: 'Status', options: optionsOf(applicationStatusWords) },
  { kind: 'days', name: 'applied', label: 'Applied' },
  { kind: 'days', name: 'follow_up', label: 'Follow-up' },
  { kind: 'days', name: 'interview', label: 'Interview' },
  { kind: 'numbers', name: 'silent_days', label: 'Days silent', only: 'min' },
]
