/** How rows stand in the JSON files of a backup: one a line, so that they are written and read without being here all at once. */
import type { BackupFile, BackupTable } from '../../database/backup-part.ts'
import type { Framing } from '../../database/copy-out.ts'
import { freeYoungBuffers } from '../../database/young-buffers.ts'

/** Around the rows of the table that is `at` in the file. */
export function framingOf({ layout, tables }: BackupFile, at: number): Framing {
  if (layout === 'one') return { head: '', beforeFirst: '', between: ',\n', tail: (count) => (count === 0 ? '{}\n' : '\n') }
  const around = { beforeFirst: '\n', between: ',\n' }
  if (layout === 'list') return { ...around, head: '[', tail: () => '\n]\n' }
  const isLast = at === tables.length - 1
  return { ...around, head: `${at === 0 ? '{' : ','}"${tables[at]?.name}":[`, tail: () => `\n]${isLast ? '}\n' : ''}` }
}

export type Batch = { table: BackupTable; lines: string[] }

const batchLines = 500
const batchCharacters = 200_000
const longestLine = 32 * 1024 * 1024

/** Reads what was written so, and nothing else: throws a reason. That a line is a row is not looked at. */
export async function* readBatches(file: BackupFile, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Batch> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const reader = lineReader(file)
  let batch: Batch | undefined
  let characters = 0
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() as string
    if (rest.length > longestLine) throw new Error('one of its rows is longer than 32 MB')
    for (const line of lines) {
      const row = reader.take(line)
      if (!row) continue
      if (batch && (batch.table !== row.table || batch.lines.length >= batchLines || characters >= batchCharacters)) {
        yield batch
        batch = undefined
        freeYoungBuffers()
      }
      batch ??= { table: row.table, lines: [] }
      if (batch.lines.length === 0) characters = 0
      batch.lines.push(row.line)
      characters += row.line.length
    }
  }
  if (rest + decoder.decode() !== '' || !reader.isAtEnd()) throw new Error('it breaks off')
  if (batch) yield batch
}

function lineReader({ layout, tables }: BackupFile) {
  const last = Math.max(0, tables.length - 1)
  const opening = (at: number) => (layout === 'list' ? '[' : `${at === 0 ? '{' : '],'}"${tables[at]?.name}":[`)
  const closing = layout === 'list' ? ']' : ']}'
  let at = 0
  let state: 'opening' | 'only' | 'first' | 'another' | 'closing' | 'end' = layout === 'one' ? 'only' : 'opening'

  function take(line: string): { table: BackupTable; line: string } | undefined {
    if (state === 'only' && line.startsWith('{')) {
      state = 'end'
      return line === '{}' ? undefined : rowOf(line)
    }
    if ((state === 'first' || state === 'another') && line.startsWith('{')) {
      state = line.endsWith(',') ? 'another' : 'closing'
      return rowOf(state === 'another' ? line.slice(0, -1) : line)
    }
    if (state === 'opening' && line === opening(0)) state = 'first'
    else if ((state === 'first' || state === 'closing') && at === last && line === closing) state = 'end'
    else if ((state === 'first' || state === 'closing') && at < last && line === opening(at + 1)) {
      at++
      state = 'first'
    } else throw new Error('it does not go on as Landed writes it')
    return undefined
  }
  function rowOf(line: string) {
    const table = tables[at]
    if (!table) throw new Error('it holds something that this version of Landed knows nothing of')
    return { table, line }
  }
  return { take, isAtEnd: () => state === 'end' }
}
