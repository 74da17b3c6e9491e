/** Promise: beside 10,000 open connections a notification is there 50 ms after its commit (p95), and one to everybody within 1 s. */
import { setTimeout as sleep } from 'node:timers/promises'
import { startBareSockets, startClients, startLive } from './measure-live.ts'
import { judge, milliseconds, printTable, quantile } from './print-table.ts'

const connections = 10_000
const people = 1_000
const each = connections / people
const rounds = 300
const broadcasts = 5

type Clients = ReturnType<typeof startClients>
type Measured = { single: number[]; broadcast: number[] }

/** `send` gives the moment from which on it is on its way to so many. */
async function measure(clients: Clients, one: () => Promise<number>, all: () => Promise<number>): Promise<Measured> {
  const measured: Measured = { single: [], broadcast: [] }
  for (let round = 0; round < rounds; round++) {
    await clients.ask('reset')
    const sentAt = await one()
    await clients.ask('reach', each)
    // It may have arrived before the writer was told of its own commit.
    for (const at of await clients.ask('arrivals')) measured.single.push(Math.max(0, at - sentAt))
    await sleep(10)
  }
  for (let round = 0; round < broadcasts; round++) {
    await clients.ask('reset')
    const sentAt = await all()
    measured.broadcast.push((await clients.ask('reach', connections)) - sentAt)
    await sleep(200)
  }
  return measured
}

let bare: Measured
{
  await using server = await startBareSockets()
  await using clients = startClients()
  await clients.ask('open', { url: server.url, tokens: [], count: connections })
  bare = await measure(
    clients,
    () => server.ask('sendTo', each),
    () => server.ask('sendTo', connections),
  )
}
await using server = await startLive(people)
await using clients = startClients()
await clients.ask('open', { url: server.url, tokens: server.tokens, count: connections })
let turn = 0
const ours = await measure(
  clients,
  () => server.ask('one', server.ids[(turn++ * 37) % people] as string),
  async () => (await server.ask('all', 1)).at,
)
const { wrong, closed } = await clients.ask('counts')

const line = (name: string, { single, broadcast }: Measured) => [
  name,
  milliseconds(quantile(single, 0.5)),
  milliseconds(quantile(single, 0.95)),
  milliseconds(quantile(broadcast, 0.5)),
  milliseconds(Math.max(...broadcast)),
]
printTable(
  `Commit → received, ${connections} open connections, ${each} a person (${rounds} to one person, ${broadcasts} to all ${people} people)`,
  [['', 'one p50', 'one p95', 'all p50', 'all worst'], line('Landed', ours), line('limit: ws alone, from send', bare)],
)
judge('each once, in order', wrong === 0 && closed === 0, `${wrong} wrong, ${closed} closed`)
judge('p95 at most 50 ms', quantile(ours.single, 0.95) <= 50, milliseconds(quantile(ours.single, 0.95)))
judge('to all within 1 s', Math.max(...ours.broadcast) <= 1_000, milliseconds(Math.max(...ours.broadcast)))
