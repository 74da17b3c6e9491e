/** Promise: 5,000 clients that each missed 100 notifications come again at once, and each gets its own exactly once. */
import { startBareSockets, startClients, startLive } from './measure-live.ts'
import { judge, printTable } from './print-table.ts'

const people = 1_000
const connections = 5_000
const missed = 100
const total = connections * missed

type Measured = { readyMs: number; allMs: number }

async function storm(clients: ReturnType<typeof startClients>): Promise<Measured> {
  await clients.ask('reset')
  const began = performance.timeOrigin + performance.now()
  const readyMs = await clients.ask('comeAgain')
  return { readyMs, allMs: (await clients.ask('reach', total)) - began }
}

let bare: Measured
{
  await using server = await startBareSockets()
  await using clients = startClients()
  await clients.ask('open', { url: server.url, tokens: [], count: connections })
  await clients.ask('drop')
  await server.ask('greetWith', missed)
  bare = await storm(clients)
}
await using server = await startLive(people)
await using clients = startClients()
await clients.ask('open', { url: server.url, tokens: server.tokens, count: connections })
await clients.ask('drop')
await server.ask('all', missed)
const ours = await storm(clients)
const { received, wrong, closed } = await clients.ask('counts')

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
const line = (name: string, { readyMs, allMs }: Measured) => [
  name,
  seconds(readyMs),
  seconds(allMs),
  `${((total / allMs) * 1_000).toFixed(0)}`,
]
printTable(`${connections} clients of ${people} people come again at once, each having missed ${missed}`, [
  ['', 'all ready', 'all received', 'messages/s'],
  line('Landed', ours),
  line('limit: ws alone, sending as much', bare),
])
judge(
  'each exactly once, in order',
  received === total && wrong === 0 && closed === 0,
  `${received} of ${total}, ${wrong} wrong, ${closed} closed`,
)
