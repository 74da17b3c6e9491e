import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { announce } from '../../ui/announce.tsx'
import { drop, extend, isEmpty, isSelected, nothing, type Selection, selectOnly, selectThese, shareOf, toggle, walk } from './selection.ts'

/** Outside of React's state: a row that is selected draws itself anew, and no other. */
export type SelectionStore = ReturnType<typeof createStore>

function createStore(readOrder?: () => readonly string[]) {
  let now = nothing
  let shown: readonly string[] = []
  const order = readOrder ?? (() => shown)
  const listeners = new Set<() => void>()
  const change = (next: Selection) => {
    if (next === now) return
    now = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => now,
    order,
    change,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    toggle: (id: string) => change(toggle(now, id, order())),
    extend: (id: string) => change(extend(now, id, order())),
    walk: (from: string | null, to: string) => change(walk(now, from, to, order())),
    /** All that is loaded, or nothing if it is selected already. */
    toggleLoaded: () => change(shareOf(now, order()) === 'all' ? selectOnly(now, []) : selectThese(now, order())),
    /** On a phone: taps select from now on. */
    pick: () => change({ ...now, isPicking: true }),
    clear: () => change(nothing),
    /** What the list shows now. Rows that were in it and are not any more are not selected either. */
    show: (ids: readonly string[], isSameList: boolean) => {
      const gone = isSameList ? new Set(shown).difference(new Set(ids)) : new Set<string>()
      shown = ids
      change(drop(now, gone))
    },
  }
}

type Listed = {
  /** The loaded rows in their order; the same array while they are the same. */
  ids: readonly string[]
  /** Names the filter: another one selects nothing. */
  filter: string
  /** Names the order as well: rows that are not loaded in another order stay selected. */
  list: string
  /** The rows are those of the filter before. */
  isStale: boolean
}

export function useSelection({ ids, filter, list, isStale }: Listed): SelectionStore {
  const [store] = useState(() => createStore())
  const shown = useRef(list)
  useEffect(() => {
    if (isStale) return
    store.show(ids, shown.current === list)
    shown.current = list
  }, [store, ids, list, isStale])
  useNothingUnseen(store, filter)
  return store
}

/** Of rows that know their order only on the screen: cards in columns. */
export function useSelectionOnScreen(readOrder: () => readonly string[], filter: string): SelectionStore {
  const [store] = useState(() => createStore(readOrder))
  useNothingUnseen(store, filter)
  return store
}

/** Another filter selects nothing. */
function useNothingUnseen(store: SelectionStore, filter: string) {
  const before = useRef(filter)
  useEffect(() => {
    if (before.current === filter) return
    before.current = filter
    if (!isEmpty(store.get())) announce('Nothing is selected any more, because the filter is another')
    store.clear()
  }, [store, filter])
}

export const useSelected = (store: SelectionStore): Selection => useSyncExternalStore(store.subscribe, store.get)
export const useIsSelected = (store: SelectionStore, id: string) => useSyncExternalStore(store.subscribe, () => isSelected(store.get(), id))
/** The header's box; `order` changes without the store knowing, so it is given. */
export const useShare = (store: SelectionStore, order: readonly string[]) =>
  useSyncExternalStore(store.subscribe, () => shareOf(store.get(), order))
/** On a phone: a tap selects, because something is selected or somebody asked for it. */
export const useIsPicking = (store: SelectionStore) =>
  useSyncExternalStore(store.subscribe, () => store.get().isPicking || !isEmpty(store.get()))
