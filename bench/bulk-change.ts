/** Promise: changing and trashing 10,000 jobs in one request within 3 times of one bare SQL statement that does the same. */
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanUp, openBulkBench, timeStatement } from './measure-bulk.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const count = 10_000
const rounds = 5

await using bench = await openBulkBench()
const { app } = bench
await fillAccount(app, count, 10)
await cleanUp(app)
const user = [app.localUser.id]
const { rows } = await app.pool.query<{ id: string }>('select id from jobs where user_id = $1 order by id', user)
const ids = rows.map(({ id }) => id)
const all = JSON.stringify({ filter: {}, all: true })
const changed = 'updated_at = now(), version = version + 1 where user_id = $1'

type Measured = { name: string; path: string; body: (round: number) => object; bare: string | null; after?: string }
const status = (round: number) => (round % 2 ? 'archived' : 'closed')
const measured: Measured[] = [
  {
    name: 'one change for a filter',
    path: '/jobs/bulk-update',
    body: (round) => ({ filter: {}, all: true, changes: { status: status(round) } }),
    bare: `update jobs set status = 'open', ${changed}`,
  },
  {
    name: 'one change for a list of ids',
    path: '/jobs/bulk-update',
    body: (round) => ({ ids, changes: { status: status(round) } }),
    bare: `update jobs set status = 'open', ${changed}`,
  },
  {
    name: 'each its own change',
    path: '/jobs/bulk-update',
    body: (round) => ({ updates: ids.map((id, at) => ({ id, notes: `Note ${at} of ${round}`, priority: (at + round) % 6 })) }),
    bare: `update jobs set notes = 'Note ' || random()::text, priority = 1, ${changed}`,
  },
  {
    name: 'into the trash',
    path: '/jobs/bulk-delete',
    body: () => JSON.parse(all) as object,
    bare: `update jobs set deleted_at = now(), ${changed}`,
    after: 'update jobs set deleted_at = null where user_id = $1',
  },
]

await bench.longestBlock()
await sleep(5_000)
const idleMs = await bench.longestBlock()
const blocks: number[] = []
const table: string[][] = [['', 'Landed', 'undone', 'limit: one statement', 'times']]
const promises: [string, number[]][] = []
for (const { name, path, body, bare, after } of measured) {
  const seen: { bulkMs: number; undoMs: number; bareMs: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const bareMs = await timeStatement(app, bare as string, user)
    if (after) await timeStatement(app, after, user)
    await cleanUp(app)
    const sent = JSON.stringify(body(round))
    await bench.longestBlock()
    const { took, said } = await bench.post(path, sent)
    blocks.push(await bench.longestBlock())
    await cleanUp(app)
    const undone = await bench.post('/bulk/undo', JSON.stringify({ undo_token: said.undo_token }))
    blocks.push(await bench.longestBlock())
    await cleanUp(app)
    // The first one warms up.
    if (round > 0) seen.push({ bulkMs: took, undoMs: undone.took, bareMs })
  }
  const median = (of: (round: (typeof seen)[number]) => number) => quantile(seen.map(of), 0.5)
  const times = seen.map(({ bulkMs, bareMs }) => bulkMs / bareMs)
  promises.push([name, times])
  table.push([
    name,
    milliseconds(median(({ bulkMs }) => bulkMs)),
    milliseconds(median(({ undoMs }) => undoMs)),
    milliseconds(median(({ bareMs }) => bareMs)),
    quantile(times, 0.5).toFixed(1),
  ])
}
printTable(`${count} jobs of 2 kB in one request, ${rounds} rounds in turn, medians`, table)
for (const [name, times] of promises) {
  judge(
    `${name}: within 3 times of one statement`,
    quantile(times, 0.5) <= 3,
    `${quantile(times, 0.5).toFixed(1)} (rounds: ${times.map((one) => one.toFixed(1)).join(', ')})`,
  )
}
judge(
  'the event loop is never blocked for more than 100 ms',
  quantile(blocks, 0.9) <= 100,
  `${Math.max(...blocks).toFixed(0)} ms at most, ${quantile(blocks, 0.5).toFixed(0)} ms in the middle (${idleMs.toFixed(0)} ms with nothing to do)`,
)
