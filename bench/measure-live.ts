/** What the benchmarks of the live channel share: a server, clients in a process of their own, and a bare server beside them. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { livePath } from '../contract/live.ts'
import { makeFolder } from './bench-server.ts'

// biome-ignore lint/suspicious/noExplicitAny: each act has types of its own
type Acts = Record<string, (about: any) => Promise<unknown>>

export type LiveServerActs = {
  url: () => Promise<string>
  people: (count: number) => Promise<{ id: string; token: string }[]>
  /** The moment after its commit, in milliseconds since 1970. */
  one: (id: string) => Promise<number>
  all: (times: number) => Promise<{ written: number; at: number }>
  write: (what: { ids: string[]; seconds: number; perSecond: number | null }) => Promise<{ written: number; tookMs: number }>
  stop: () => Promise<void>
}
export type LiveClientsActs = {
  open: (what: { url: string; tokens: string[]; count: number }) => Promise<number>
  comeAgain: () => Promise<number>
  drop: () => Promise<void>
  forget: () => Promise<void>
  reset: () => Promise<void>
  reach: (total: number) => Promise<number>
  counts: () => Promise<{ received: number; wrong: number; closed: number; open: number }>
  arrivals: () => Promise<number[]>
}
export type BareSocketsActs = {
  url: () => Promise<string>
  sendTo: (count: number) => Promise<number>
  greetWith: (count: number) => Promise<void>
}

export type Worker<A extends Acts> = {
  readonly pid: number
  ask<Name extends keyof A>(name: Name, ...about: Parameters<A[Name]>): Promise<Awaited<ReturnType<A[Name]>>>
} & AsyncDisposable

/** A script of `processes/` that answers one question after the other. */
function startWorker<A extends Acts>(script: URL, env: Record<string, string> = {}): Worker<A> {
  const child: ChildProcess = fork(fileURLToPath(script), {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`))))
  gone.catch(() => {})
  return {
    pid: child.pid as number,
    ask: async (name, ...[about]) => {
      const answered = new Promise<{ answer: never; error?: string }>((resolve) => child.once('message', resolve as never))
      child.send({ name, about })
      const { answer, error } = await Promise.race([answered, gone])
      if (error) throw new Error(error)
      return answer
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return
      const ended = gone.catch(() => {})
      child.kill('SIGKILL')
      await ended
    },
  }
}

export const startClients = () => startWorker<LiveClientsActs>(new URL('./processes/live-clients.ts', import.meta.url))

export async function startBareSockets(): Promise<Worker<BareSocketsActs> & { url: string }> {
  const worker = startWorker<BareSocketsActs>(new URL('./processes/bare-sockets.ts', import.meta.url))
  return Object.assign(worker, { url: `${(await worker.ask('url')).replace('http', 'ws')}${livePath}` })
}

/** Landed with accounts, and `people` who have one. */
export async function startLive(people: number) {
  const place = await makeFolder()
  const worker = startWorker<LiveServerActs>(new URL('./processes/live-server.ts', import.meta.url), {
    DATA_DIR: place.dataDir,
    PORT: '0',
    AUTH: 'on',
    BACKUPS: 'off',
    REMINDERS: 'off',
    LIVE_CONNECTIONS: '100000',
  })
  const url = `${(await worker.ask('url')).replace('http', 'ws')}${livePath}`
  const all = await worker.ask('people', people)
  return {
    ...worker,
    url,
    ids: all.map(({ id }) => id),
    tokens: all.map(({ token }) => token),
    [Symbol.asyncDispose]: async () => {
      await worker.ask('stop')
      await worker[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}

/** In kilobytes. Linux only. */
export const residentMemory = (pid: number) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
