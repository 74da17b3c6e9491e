import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectLive, type LiveConnection } from '../../client/live.ts'
import type { Notification } from '../../contract/notifications.ts'
import { NativeClient } from '../../testing/native-client.ts'
import { type OwnProcess, startProcess } from '../../testing/own-process.ts'
import { thereIsRedis, useRedis } from '../../testing/redis.ts'
import { freePort, TcpProxy } from '../../testing/tcp-proxy.ts'
import { createApp, type OpenApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { notify } from '../features/notifications/notifications.ts'

/**
 * Two servers on one embedded database and one Redis, each of which is killed while a third process writes: whatever was committed
 * reaches every client once, in order, whichever server it comes back to.
 */

const redis = useRedis()
let folder: string
let app: OpenApp
const servers: OwnProcess[] = []
const ports: number[] = []
let proxy: TcpProxy
const env = () => ({
  DATA_DIR: join(folder, 'data'),
  BACKUPS: 'off',
  REMINDERS: 'off',
  LOG_LEVEL: 'info',
  ...(thereIsRedis ? { REDIS_URL: redis.url } : {}),
})
const start = async (at: number) => {
  servers[at] = await startProcess({ ...env(), PORT: `${ports[at]}` })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landed-chaos-'))
  // Root's PostgreSQL runs under another account, which must get through.
  await chmod(folder, 0o711)
  await mkdir(join(folder, 'data'), { mode: 0o711 })
  ports.push(await freePort(), await freePort())
  // First, so that it owns the database: servers that are killed do not take it along. Durable: what was committed outlives a kill.
  app = await createApp(readConfig(env()), { log: pino({ level: 'silent' }) })
  await Promise.all([start(0), start(1)])
  proxy = await TcpProxy.to(`http://127.0.0.1:${ports[0]}`)
}, 120_000)
afterAll(async () => {
  await proxy?.close()
  for (const server of servers) await server.kill('SIGKILL')
  await app?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

test('servers, Redis, the database and the network fail, and every notification arrives once', async () => {
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const natives = [new NativeClient(urls, 0), new NativeClient(urls.toReversed(), 0), new NativeClient(urls, 0)]
  const ours: { live: LiveConnection; seqs: number[]; resyncs: number }[] = [...urls, proxy.url].map((baseUrl) => {
    const seen = { seqs: [] as number[], resyncs: 0 } as (typeof ours)[number]
    seen.live = connectLive({
      baseUrl,
      lastSeq: 0,
      timing: { firstWaitMs: 100, longestWaitMs: 500, answerWithinMs: 2_000, pingAfterMs: 300, pollEveryMs: 300, trySocketEveryMs: 500 },
      onNotification: ({ seq }) => seen.seqs.push(seq),
      onRefetch: (reason) => {
        if (reason === 'resync') seen.resyncs++
      },
    })
    return seen
  })

  let isDone = false
  let written = 0
  const writing = (async () => {
    for (; !isDone; written++) {
      const news = { type: 'digest', title: 'News', body: 'News', cause: `chaos ${written}` } as const
      // Whether it was committed is not known when the database went away meanwhile; the same cause is told once.
      while ((await notify(app, app.localUser, news).catch(() => 'failed')) === 'failed') await pause(20)
      await pause(5)
    }
  })()
  /** While somebody is away, and after. */
  const meanwhile = async (more: number) => {
    const until = written + more
    while (written < until) await pause(10)
  }

  await meanwhile(10)
  await servers[0]?.kill('SIGKILL')
  await meanwhile(10)
  if (thereIsRedis) await redis.kill()
  await meanwhile(10)
  await start(0)
  proxy.stall()
  await meanwhile(10)
  process.kill(await postmasterOf(join(folder, 'data')), 'SIGKILL')
  await meanwhile(10)
  if (thereIsRedis) await redis.start()
  await servers[1]?.kill('SIGTERM')
  for (const native of natives) native.drop()
  await meanwhile(10)
  await start(1)
  proxy.cut()
  await meanwhile(10)
  isDone = true
  await writing

  const { rows } = await app.pool.query<Pick<Notification, 'seq'>>('select seq from notifications order by seq')
  const all = rows.map(({ seq }) => seq)
  expect(all).toEqual(Array.from({ length: written }, (_, at) => at + 1))
  for (const [at, { seqs }] of [...natives, ...ours].entries())
    await expect.poll(() => seqs.length, { timeout: 30_000, message: `client ${at}` }).toBeGreaterThanOrEqual(all.length)
  for (const native of natives) native.stop()
  for (const { live } of ours) live.close()
  for (const { seqs } of [...natives, ...ours]) expect(seqs).toEqual(all)
  for (const native of natives) expect(native.comings).toBeGreaterThan(2)
  expect(ours.map(({ resyncs }) => resyncs)).toEqual([0, 0, 0])
}, 120_000)

async function postmasterOf(dataDir: string): Promise<number> {
  const names = await readdir(dataDir, { recursive: true })
  const path = names.find((name) => name.endsWith('postmaster.pid')) as string
  return Number((await readFile(join(dataDir, path), 'utf8')).split('\n')[0])
}
