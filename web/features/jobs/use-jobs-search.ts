import { getRouteApi } from '@tanstack/react-router'
import { type JobSearch, withoutFilter } from './search.ts'

const route = getRouteApi('/jobs')

/** Typing and dragging change a value many times: only the first of these is a step to come back to. */
const isRefinement = (before: JobSearch, changes: object) =>
  Object.entries(changes).every(([name, value]) => {
    const old = before[name as keyof JobSearch]
    return old !== undefined && value !== undefined && !Array.isArray(old) && name !== 'sort'
  })

/** The filter and the sort, which live in the address. */
export function useJobsSearch() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (changes: Partial<Record<keyof JobSearch, unknown>>) =>
    void navigate({
      to: '.',
      search: (old) => ({ ...old, ...changes }) as JobSearch,
      replace: isRefinement(search, changes),
      resetScroll: false,
    })
  const clear = () => void navigate({ to: '.', search: withoutFilter, resetScroll: false })
  return { search, change, clear }
}
