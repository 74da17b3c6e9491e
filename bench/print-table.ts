/** Prints a heading and rows of cells in columns: the first to the left, the others to the right. */
export function printTable(heading: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  console.log(`\n${heading}`)
  for (const row of rows) {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    console.log(`  ${cells.join('   ')}`.trimEnd())
  }
}

/** Says whether a promise was kept; a broken one makes the process end with 1. */
export function judge(promise: string, kept: boolean, measured: string): void {
  console.log(`  ${kept ? 'kept' : 'BROKEN'}: ${promise}; measured ${measured}`)
  if (!kept) process.exitCode = 1
}

/** The value below which the share `at` (0 to 1) of the values lies; at 0.5 the median. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN
}

export const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
