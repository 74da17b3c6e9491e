export type ColumnRoom = {
  id: string
  /** In px: the least it can be read in, what suits it, and its share of what is left over. */
  min: number
  ideal: number
  grow: number
  /** Left out first when there is no room: the highest number goes first, 0 always stays. */
  spare: number
}

type Fit = { widths: Record<string, number>; leftOut: string[] }

/**
 * Widths that fill the room. Columns that were set by hand keep their width. With `mayLeaveOut`, those that matter
 * least give way where there is no room; else the table scrolls sideways.
 */
export function fitColumns(columns: ColumnRoom[], set: Record<string, number>, room: number, mayLeaveOut: boolean): Fit {
  let kept = columns
  const least = (list: ColumnRoom[]) => list.reduce((sum, { id, min }) => sum + (set[id] ?? min), 0)
  const leftOut: string[] = []
  while (mayLeaveOut && least(kept) > room) {
    const next = kept.filter(({ spare }) => spare > 0).sort((a, b) => b.spare - a.spare)[0]
    if (!next) break
    kept = kept.filter((one) => one !== next)
    leftOut.push(next.id)
  }

  const free = kept.filter(({ id }) => set[id] === undefined)
  const taken = kept.reduce((sum, { id, ideal }) => sum + (set[id] ?? ideal), 0)
  const over = room - taken
  const weight = over >= 0 ? ({ grow }: ColumnRoom) => grow : ({ ideal, min }: ColumnRoom) => ideal - min
  const total = free.reduce((sum, column) => sum + weight(column), 0)
  const widthOf = (column: ColumnRoom) =>
    set[column.id] ?? Math.max(column.min, Math.floor(column.ideal + (total > 0 ? (over * weight(column)) / total : 0)))
  return { widths: Object.fromEntries(kept.map((column) => [column.id, widthOf(column)])), leftOut }
}
