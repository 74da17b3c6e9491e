/**
 * Promise: at rest the app and its database need at most 200 MB together. Counted as PSS: what processes share is
 * divided among them, so nothing is counted twice. Linux only.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { startEmbedded } from '../server/database/embedded/embedded.ts'
import { makeFolder, openApp, startProcess, startServer } from './bench-server.ts'
import { judge, printTable } from './print-table.ts'
import { fillAccount } from './sample-jobs.ts'

const restSeconds = 5
const bareFastify = fileURLToPath(new URL('./processes/bare-fastify.ts', import.meta.url))

type Process = { pid: number; parent: number; name: string }

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, pid, command, parent] = /^(\d+) \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) as RegExpExecArray
        return [{ pid: Number(pid), parent: Number(parent), name: String(command) }]
      } catch {
        // It ended between the two reads.
        return []
      }
    })
}

/** This process and everything it started, in megabytes by kind. */
function memoryBelow(root: number, including: 'with the root' | 'without the root'): { node: number; postgres: number } {
  const all = processes()
  const found = all.filter((one) => one.pid === root)
  for (const parent of found) found.push(...all.filter((one) => one.parent === parent.pid))
  const sum = { node: 0, postgres: 0 }
  for (const { pid, name } of found) {
    if (pid === root && including === 'without the root') continue
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    // The shell that watches over PostgreSQL belongs to it.
    sum[pid === root ? 'node' : /^(postgres|sh)$/.test(name) ? 'postgres' : 'node'] += Number(pss) / 1024
  }
  return sum
}

const megabytes = (value: number) => `${value.toFixed(0)} MB`
const row = (name: string, { node, postgres }: { node: number; postgres: number }) => [
  name,
  megabytes(node),
  megabytes(postgres),
  megabytes(node + postgres),
]

if (process.platform !== 'linux') {
  console.log('SKIPPED: PSS is something only Linux tells')
  process.exit()
}
await using place = await makeFolder()
{
  await using app = await openApp(place.dataDir)
  await fillAccount(app, 1_000, 0)
}

let atRest: { node: number; postgres: number }
let afterWork: { node: number; postgres: number }
{
  await using server = await startServer(place)
  await (await fetch(`${server.url}/api/v1/jobs`)).text()
  await sleep(restSeconds * 1_000)
  atRest = memoryBelow(server.pid, 'with the root')
  for (let at = 0; at < 500; at++) await (await fetch(`${server.url}/api/v1/jobs?limit=50`)).text()
  await sleep(restSeconds * 1_000)
  afterWork = memoryBelow(server.pid, 'with the root')
}

const embedded = await startEmbedded({ dataDir: place.dataDir, log: pino({ level: 'silent' }) })
await using bare = await startProcess(bareFastify, place)
await (await fetch(bare.url)).text()
await sleep(restSeconds * 1_000)
const bareNode = memoryBelow(bare.pid, 'with the root').node
// Below this process is the bare server, too.
const below = memoryBelow(process.pid, 'without the root')
await embedded.stop()

printTable(`Memory at rest (PSS, ${restSeconds} s after the last request, 1,000 jobs)`, [
  ['', 'node', 'PostgreSQL', 'together'],
  row('Landed, after its first page', atRest),
  row('Landed, after 500 pages more', afterWork),
  row('limit: node with a bare Fastify, PostgreSQL idle', { node: bareNode, postgres: below.postgres }),
])
const together = atRest.node + atRest.postgres
judge('at most 200 MB', together <= 200, megabytes(together))
