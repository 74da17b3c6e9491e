import { useNavigate } from '@tanstack/react-router'
import type { View, ViewKind } from '../../../contract/views.ts'
import { parseSearch } from '../../ui/search-params.ts'
import { addressOfView, changeView, sameAs, useViewsOf } from './api.ts'

/** What the list shows now. */
export type Present = {
  kind: ViewKind
  /** The view that the address names. */
  saved: string | undefined
  query: Record<string, unknown>
  sort: string | undefined
  /** Null: the usual ones. */
  columns: string[] | null
}

/** The saved view that the list shows, and whether it has become another one meanwhile. */
export function useSavedView(present: Present) {
  const navigate = useNavigate()
  const view = useViewsOf(present.kind).find(({ id }) => id === present.saved)
  const isChanged =
    view !== undefined &&
    (sameAs(present.query, present.sort) !== sameAs(view.query, view.sort) ||
      (present.columns ?? []).join() !== (view.columns ?? []).join())
  const go = (address: string) => {
    const [to, search = ''] = address.split('?')
    return navigate({ to, search: parseSearch(search) as never, resetScroll: false })
  }
  return {
    view,
    isChanged,
    open: (one: View) => go(addressOfView(one)),
    go,
    update: (one: View) => changeView(one.id, { query: present.query, sort: present.sort ?? null, columns: present.columns }),
  }
}
