import { Id } from '../../../contract/fields.ts'
import { type JobSort, jobFilter, JobSort as Sort } from '../../../contract/jobs.ts'
import { searchOf } from '../../ui/search-params.ts'

const { deleted: _deleted, ...filter } = jobFilter

/** The state of the list, all of it in the address. */
export const readJobSearch = searchOf({ ...filter, sort: Sort.optional(), saved: Id.optional() })
export type JobSearch = ReturnType<typeof readJobSearch>

/** Newest first, unless something is looked for: then the best hit first. */
export const usualSort = (search: JobSearch): JobSort => (search.q ? 'relevance' : '-created_at')
export const sortIn = (search: JobSearch): JobSort => search.sort ?? usualSort(search)

/** The same as parameters of the API. */
export const listQueryOf = (search: JobSearch) => ({ ...filterIn(search), sort: sortIn(search) })

/** What narrows the list. */
export const filterIn = ({ sort: _sort, saved: _saved, ...filter }: JobSearch) => filter

export const isFiltered = (search: JobSearch) => Object.values(filterIn(search)).some((value) => value !== undefined && value !== '')

/** Only the list forgets its filter; the sort stays, and which view it is. */
export const withoutFilter = ({ sort, saved }: JobSearch): JobSearch => ({ ...(sort ? { sort } : {}), ...(saved ? { saved } : {}) })
