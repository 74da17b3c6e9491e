/** What is selected in a list. Never changed in place, so that whoever draws it can compare. */
export type Selection = {
  ids: ReadonlySet<string>
  /** Everything the filter matches, whether it is loaded or not; `ids` is empty then. */
  isAll: boolean
  /** Where a range begins, and what was selected before there was one: a second shift-click replaces the first. */
  anchor: string | null
  base: ReadonlySet<string>
  /** Where the range ends. */
  head: string | null
  /** The range takes out instead of adding, because its first row was taken out. */
  takesOut: boolean
  /** On a phone: a tap selects instead of opening. */
  isPicking: boolean
}

export const nothing: Selection = {
  ids: new Set(),
  isAll: false,
  anchor: null,
  base: new Set(),
  head: null,
  takesOut: false,
  isPicking: false,
}

export const isEmpty = ({ ids, isAll }: Selection) => ids.size === 0 && !isAll
export const isSelected = ({ ids, isAll }: Selection, id: string) => isAll || ids.has(id)

const of = (now: Selection, ids: ReadonlySet<string>, anchor: string | null = null, takesOut = false): Selection => ({
  ids,
  isAll: false,
  anchor,
  base: ids,
  head: anchor,
  takesOut,
  isPicking: now.isPicking,
})

/** `order` is what is loaded, as it is shown. Out of "everything", one row taken out leaves those that can be seen. */
export function toggle(now: Selection, id: string, order: readonly string[]): Selection {
  const ids = new Set(now.isAll ? order : now.ids)
  const takesOut = ids.delete(id)
  if (!takesOut) ids.add(id)
  return of(now, ids, id, takesOut)
}

/** From the row that was toggled last to this one. */
export function extend(now: Selection, id: string, order: readonly string[]): Selection {
  if (now.isAll) return now
  const from = now.anchor === null ? -1 : order.indexOf(now.anchor)
  const to = order.indexOf(id)
  if (from < 0 || to < 0) return include(now, id)
  const ids = new Set(now.base)
  for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (now.takesOut) ids.delete(one)
    else ids.add(one)
  }
  return { ...now, ids, head: id }
}

const include = (now: Selection, id: string) => of(now, new Set([...now.ids, id]), id)

/** A step of the cursor that takes the row along: goes on with the range if it ended here, else begins one. */
export function walk(now: Selection, from: string | null, to: string, order: readonly string[]): Selection {
  if (now.isAll) return now
  return extend(from === null || now.head === from ? now : include(now, from), to, order)
}

export const selectThese = (now: Selection, ids: Iterable<string>): Selection => of(now, new Set([...now.ids, ...ids]))
export const selectOnly = (now: Selection, ids: Iterable<string>): Selection => of(now, new Set(ids))
export const selectAll = (now: Selection): Selection => ({ ...nothing, isAll: true, isPicking: now.isPicking })

/** Rows that were shown and are gone are not selected either; those that are not loaded stay. */
export function drop(now: Selection, gone: ReadonlySet<string>): Selection {
  if (gone.isDisjointFrom(now.ids)) return now
  const without = (ids: ReadonlySet<string>) => ids.difference(gone)
  return { ...now, ids: without(now.ids), base: without(now.base) }
}

/** What the box in the header shows. */
export function shareOf(now: Selection, order: readonly string[]): 'none' | 'some' | 'all' {
  if (isEmpty(now)) return 'none'
  return now.isAll || (order.length > 0 && order.every((id) => now.ids.has(id))) ? 'all' : 'some'
}
