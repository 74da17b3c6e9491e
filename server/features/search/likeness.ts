/** The words that a mistyped one may have been meant to be: fewest slips first, then what more jobs have. */
export function closest(typed: string, words: readonly { word: string; jobs: number }[]): string[] {
  const allowed = typed.length <= 4 ? 1 : typed.length <= 8 ? 2 : 3
  return words
    .map(({ word, jobs }) => ({ word, jobs, slips: slipsBetween(typed, word) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips || b.jobs - a.jobs || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word)
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
export function slipsBetween(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)]
  const rows: number[][] = [b.map((_, at) => at).concat(b.length)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const above = rows[i - 1] as number[]
      const changed = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + changed)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      row.push(least)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
