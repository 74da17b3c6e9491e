import { queryOptions, useQuery } from '@tanstack/react-query'
import type { View, ViewChanges, ViewInput, ViewKind } from '../../../contract/views.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'
import { queryClient } from '../../api/query-client.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { stringifySearch } from '../../ui/search-params.ts'
import { showUndo } from '../../ui/undo.tsx'

const keys = keysOf('views')

/** There are at most a hundred: all of them, in their order. */
export const viewsQuery = queryOptions({
  queryKey: keys.lists,
  queryFn: async ({ signal }) => (await client.views.list({ query: { limit: 200 }, signal })).items,
  staleTime: 60_000,
})

const none: View[] = []
export const useViews = (): View[] => useQuery(viewsQuery).data ?? none
export const useViewsOf = (kind: ViewKind): View[] => useViews().filter((view) => view.kind === kind)

const refresh = () => queryClient.invalidateQueries({ queryKey: keys.all })
const show = (update: (views: View[]) => View[]) =>
  queryClient.setQueryData(viewsQuery.queryKey, (views: View[] | undefined) => views && update(views))

export async function saveView(view: Pick<ViewInput, 'name' | 'kind' | 'query' | 'sort' | 'columns'> & Partial<ViewInput>): Promise<View> {
  const saved = await client.views.create({ body: view, idempotencyKey: crypto.randomUUID() })
  show((views) => [...views, saved])
  await refresh()
  return saved
}

export async function changeView(id: string, changes: ViewChanges): Promise<View> {
  show((views) => views.map((view) => (view.id === id ? ({ ...view, ...changes } as View) : view)))
  try {
    return await client.views.update({ params: { id }, body: changes })
  } finally {
    await refresh()
  }
}

/** Shown at once, and for ten seconds it can be taken back. */
export async function changeWithUndo(view: View, changes: ViewChanges, message: string) {
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, view[name as keyof View]])) as ViewChanges
  try {
    await changeView(view.id, changes)
    showUndo({ message, undo: () => changeView(view.id, before) })
  } catch (error) {
    notifyProblem('The view was not changed', error)
  }
}

export async function deleteView(view: View) {
  const { id, version: _version, created_at: _created, updated_at: _updated, ...own } = view
  show((views) => views.filter((one) => one.id !== id))
  try {
    await client.views.delete({ params: { id } })
    showUndo({ message: `The view “${view.name}” is deleted.`, undo: () => saveView(own) })
  } catch (error) {
    notifyProblem('The view was not deleted', error)
  }
  await refresh()
}

/** One place up or down among its kind. */
export async function moveView(views: View[], view: View, step: 1 | -1) {
  const order = views.filter((one) => one.kind === view.kind)
  const from = order.indexOf(view)
  const other = order[from + step]
  if (!other) return
  const next = order.with(from, other).with(from + step, view)
  show((all) => all.toSorted((a, b) => (a.kind === b.kind && a.kind === view.kind ? next.indexOf(a) - next.indexOf(b) : 0)))
  try {
    const moved = next.flatMap((one, position) => (one.position === position ? [] : [{ id: one.id, position }]))
    for (const { id, position } of moved) await client.views.update({ params: { id }, body: { position } })
  } catch (error) {
    notifyProblem('The order was not changed', error)
  }
  await refresh()
}

/** The list's address for a view: its filter and sort, and which view they are of. */
export const addressOfView = ({ id, kind, query, sort }: View) => `/${kind}${stringifySearch({ ...query, sort, saved: id })}`

/** Filter and sort of a list in one word, to tell whether two are the same. */
export const sameAs = (query: Record<string, unknown>, sort: string | null | undefined) => {
  const names = Object.keys(query).sort()
  return stringifySearch({ ...Object.fromEntries(names.map((name) => [name, query[name]])), sort: sort ?? undefined })
}
