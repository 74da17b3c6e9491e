/** Promise: a preview of 10,000 rows within 1 s. */
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { openBench, writeCsv } from './measure-import.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'

const rounds = 7

await using bench = await openBench()
const file = await openAsBlob(await writeCsv(join(bench.folder, 'jobs.csv'), 10_000))
const took: number[] = []
for (let round = 0; round < rounds; round++) {
  const began = performance.now()
  const { total, created } = await bench.client.imports.create({ file, filename: 'jobs.csv', body: { dry_run: true } })
  if (total !== 10_000 || created !== 10_000) throw new Error(`the preview saw ${total} rows and would add ${created}`)
  took.push(performance.now() - began)
}
printTable(`a preview of 10,000 rows, ${rounds} rounds`, [
  ['', 'median', 'slowest'],
  ['POST /imports with dry_run', milliseconds(quantile(took, 0.5)), milliseconds(Math.max(...took))],
])
judge('a preview of 10,000 rows within 1 s', quantile(took, 0.5) <= 1_000, milliseconds(quantile(took, 0.5)))
