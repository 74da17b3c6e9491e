import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { freePort, TcpProxy } from './tcp-proxy.ts'

/** A real Redis that can be taken away and given back. */
export type TestRedis = {
  url: string
  /** It is there and says nothing. */
  hang(): void
  /** Its connections break, and there are no others. What it had is lost, unless it is the one of REDIS_URL. */
  kill(): Promise<void>
  start(): Promise<void>
}

const given = process.env['REDIS_URL']
const program = given === undefined ? findProgram() : null

/** False without any: tests that need it are skipped, and say so. */
export const thereIsRedis = given !== undefined || program !== null
if (!thereIsRedis) {
  const said = 'SKIPPED: what needs Redis. Set REDIS_URL, or install redis-server or valkey-server.'
  if (process.env['CI'] === 'true') throw new Error(said)
  console.error(`\n${said}\n`)
}

function findProgram(): string | null {
  const names = ['redis-server', 'valkey-server']
  const there = () => names.find((name) => spawnSync(name, ['--version']).status === 0) ?? null
  const found = there()
  if (found || process.platform !== 'linux' || process.getuid?.() !== 0) return found
  try {
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', 'redis-server'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch {
    return null
  }
  return there()
}

/** One for the tests of a file, running when they begin; beside those in `describe.skipIf(!thereIsRedis)`. */
export function useRedis(): TestRedis {
  const redis = {} as TestRedis
  beforeAll(async () => {
    if (!thereIsRedis) return
    Object.assign(redis, given === undefined ? await ownRedis(program as string) : await redisBehindProxy(given))
    await redis.start()
  })
  afterAll(() => redis.kill?.())
  return redis
}

async function ownRedis(program: string): Promise<TestRedis> {
  const port = await freePort()
  let child: ChildProcess | null = null
  const kill = async () => {
    if (child === null) return
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    child = null
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    hang: () => void child?.kill('SIGSTOP'),
    kill,
    start: async () => {
      await kill()
      child = spawn(program, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'], {
        stdio: 'ignore',
      })
      while (!(await takesConnections(port))) await sleep(20)
    },
  }
}

async function redisBehindProxy(url: string): Promise<TestRedis> {
  const { hostname, port } = new URL(url)
  const proxy = await TcpProxy.to(`redis://${hostname}:${port || 6379}`)
  const between = new URL(url)
  between.hostname = '127.0.0.1'
  between.port = `${proxy.port}`
  const kill = () => proxy.close()
  const start = async () => {
    await kill()
    await proxy.open()
  }
  return { url: between.href, hang: () => proxy.stall(), kill, start }
}

const takesConnections = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.once('connect', () => socket.end())
  })
