/** Promise: 1,000 notifications a second over 200 people, for 60 s, and nothing is lost. */
import { startClients, startLive } from './measure-live.ts'
import { judge, milliseconds, printTable } from './print-table.ts'

const people = 200
const perSecond = 1_000
const seconds = 60

await using server = await startLive(people)
const { ids } = server
// The same writing, with nobody who listens.
const limit = await server.ask('write', { ids, seconds: 8, perSecond: null })
const limitRate = (limit.written / limit.tookMs) * 1_000

await using clients = startClients()
await clients.ask('open', { url: server.url, tokens: server.tokens, count: people })
const { written, tookMs } = await server.ask('write', { ids, seconds, perSecond })
const endedAt = performance.timeOrigin + performance.now()
const allAt = await clients.ask('reach', written)
const { received, wrong, closed } = await clients.ask('counts')
const rate = (written / tookMs) * 1_000
printTable(`${perSecond} notifications a second to ${people} people who listen, for ${seconds} s`, [
  ['', 'a second', 'written', 'received', 'the last after'],
  ['Landed', rate.toFixed(0), String(written), String(received), milliseconds(Math.max(0, allAt - endedAt))],
  ['limit: writing as fast as it goes, nobody listens', limitRate.toFixed(0), String(limit.written), '', ''],
])
judge('1,000 a second', rate >= perSecond * 0.99, rate.toFixed(0))
judge(
  'nothing is lost, each once and in order',
  received === written && wrong === 0 && closed === 0,
  `${received} of ${written}, ${wrong} wrong`,
)
