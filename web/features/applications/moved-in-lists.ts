import type { Application, ApplicationStatus } from '../../../contract/applications.ts'
import { type ListPage, pagesOf } from './api.ts'
import type { ListQuery } from './search.ts'

export type Move = { application: Application; to: ApplicationStatus }

const apartFromStatus = ({ status: _, sort: _sort, ...asked }: ListQuery) => JSON.stringify(asked)
const holds = (pages: ListPage[], id: string) => pages.some((page) => page.items.some((item) => item.id === id))

/** The filters that match the application whatever its status, as far as the cached lists tell. */
export const filtersHolding = (lists: unknown[], id: string): Set<string> =>
  new Set(
    lists
      .map(pagesOf)
      .filter((pages) => holds(pages, id))
      .flatMap((pages) => pages.slice(0, 1).map((page) => apartFromStatus(page.asked))),
  )

/** A cached list as it will be after the move: the card in its new column, on top, and the counts with it. */
export function movedInList(data: unknown, { application, to }: Move, matching: Set<string>): unknown {
  const pages = pagesOf(data)
  const asked = pages[0]?.asked
  if (!asked || !matching.has(apartFromStatus(asked))) return data
  const from = application.status
  const takes = (status: ApplicationStatus) => asked.status === undefined || asked.status.includes(status)
  const moved = { ...application, status: to }
  const isIn = holds(pages, application.id)
  const step = Number(takes(to)) - Number(takes(from))
  const next = pages.map((page, index) => ({
    ...page,
    by_status: { ...page.by_status, [from]: Math.max(0, page.by_status[from] - 1), [to]: page.by_status[to] + 1 },
    total: { ...page.total, value: Math.max(0, page.total.value + step) },
    items: [
      ...(index === 0 && takes(to) && !isIn ? [moved] : []),
      ...page.items.flatMap((item) => (item.id !== application.id ? [item] : takes(to) ? [moved] : [])),
    ],
  }))
  return { ...(data as object), pages: next }
}
