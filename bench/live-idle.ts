/** Promise: 10,000 open connections in one process, at most 20 kB of resident memory each. Linux only. */
import { setTimeout as sleep } from 'node:timers/promises'
import { residentMemory, startBareSockets, startClients, startLive } from './measure-live.ts'
import { judge, printTable } from './print-table.ts'

const connections = 10_000
const people = 1_000
const restMs = 5_000

if (process.platform !== 'linux') {
  console.log('SKIPPED: resident memory is something only Linux tells')
  process.exit()
}

type Measured = { each: number; openedMs: number; all: boolean }

async function measure(pid: number, url: string, tokens: string[]): Promise<Measured> {
  await using clients = startClients()
  // What is loaded and compiled with the first ones is no one's own.
  await clients.ask('open', { url, tokens, count: 200 })
  await clients.ask('forget')
  await sleep(restMs)
  const before = residentMemory(pid)
  const openedMs = await clients.ask('open', { url, tokens, count: connections })
  await sleep(restMs)
  const after = residentMemory(pid)
  const { open, closed } = await clients.ask('counts')
  return { each: (after - before) / connections, openedMs, all: open === connections && closed === 0 }
}

let bare: Measured
{
  await using server = await startBareSockets()
  bare = await measure(server.pid, server.url, [])
}
let ours: Measured
{
  await using server = await startLive(people)
  ours = await measure(server.pid, server.url, server.tokens)
}
const line = (name: string, { each, openedMs }: Measured) => [name, `${each.toFixed(1)} kB`, `${(openedMs / 1_000).toFixed(1)} s`]
printTable(`${connections} open connections of ${people} people (growth of the process, ${restMs / 1_000} s after the last)`, [
  ['', 'each', 'opened in'],
  line('Landed', ours),
  line('limit: ws alone', bare),
])
judge('all stay open', ours.all, ours.all ? 'all' : 'not all')
judge('at most 20 kB each', ours.each <= 20, `${ours.each.toFixed(1)} kB`)
