import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { codeOf } from './error.ts'
import type { DataFolder } from './folder.ts'
import { run, spawnOptions } from './server-user.ts'

/** A PostgreSQL that this process started. */
export type Postmaster = {
  pid: number
  isRunning(): boolean
  /** Resolves, never rejects, when it is gone. */
  exited: Promise<void>
  /** What it wrote to its log since it was started. */
  readOutput(): Promise<string>
}

export type ServerSettings = { port: number; durable: boolean; maxConnections: number }

/** Rejects when the program cannot be run at all; that it refuses to work shows in `exited`. */
export async function startPostmaster(folder: DataFolder, binaries: Binaries, settings: ServerSettings): Promise<Postmaster> {
  const log = await openLog(folder)
  try {
    const { size: start } = await log.stat()
    // Detached, or a Ctrl-C in the terminal stops it while the last requests still need it. Its output goes to a file,
    // because a pipe would break when this process dies.
    const child = spawn(binaries.postgres, ['-D', folder.cluster, ...flags(folder, settings)], {
      ...spawnOptions(folder.user, folder.home),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    })
    let running = true
    const exited = new Promise<void>((resolve) => child.on('exit', () => resolve())).then(() => {
      running = false
    })
    await new Promise<void>((resolve, reject) => {
      child.on('spawn', resolve)
      child.on('error', reject)
    })
    return { pid: child.pid!, isRunning: () => running, exited, readOutput: () => readFrom(folder.log, start) }
  } finally {
    await log.close()
  }
}

function flags(folder: DataFolder, { port, durable, maxConnections }: ServerSettings): string[] {
  const settings = {
    ...(folder.socketDir
      ? // Quoted: a comma in the path would be read as the start of a second one.
        { listen_addresses: '', unix_socket_directories: `"${folder.socketDir.replaceAll('"', '""')}"` }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' }),
    port,
    unix_socket_permissions: '0700',
    max_connections: maxConnections,
    shared_buffers: `${sharedMegabytes()}MB`,
    max_wal_size: '256MB',
    // Compiling and parallel workers pay in reports over a whole company's data, not over one person's.
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    io_method: 'sync',
    timezone: 'UTC',
    // Windows cannot, and PostgreSQL does not start there when asked to.
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '2s' }),
    idle_in_transaction_session_timeout: '60s',
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    // The log is for the operator; what people wrote about their applications does not belong there.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    'landed.owner_pid': process.pid,
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** A sixteenth of what the machine, or the container, has: 64 MB on a small one, 512 MB at most. */
function sharedMegabytes(): number {
  const limit = process.constrainedMemory()
  const memory = Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / 1024 / 1024
  return Math.round(Math.min(512, Math.max(64, memory / 16)))
}

const largestLog = 8 * 1024 * 1024

async function openLog(folder: DataFolder) {
  const size = await stat(folder.log).then(
    ({ size }) => size,
    () => 0,
  )
  if (size > largestLog) await rename(folder.log, `${folder.log}.old`)
  // Root must not follow a link that the account it shares this folder with could have put here.
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants
  const log = await open(folder.log, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600)
  if (folder.user) await log.chown(folder.user.uid, folder.user.gid)
  return log
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const from = Math.max(start, size - 4096)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, from)
    return buffer.toString('utf8', 0, bytesRead).trim()
  } finally {
    await handle.close()
  }
}

/** Asks for a fast shutdown, and becomes less polite when that takes too long. False: it is still there. */
export async function stopPostmaster(pid: number, binaries: Binaries, isGone: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 5],
    ['SIGKILL', 5],
  ] as const) {
    await send(signal, pid, binaries)
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(15)) {
      if (await isGone()) return true
    }
  }
  return false
}

async function send(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL', pid: number, binaries: Binaries) {
  // On Windows process.kill ends a process on the spot; pg_ctl speaks to PostgreSQL through its own pipe.
  if (process.platform === 'win32' && signal !== 'SIGKILL') {
    await run(binaries.pgCtl, ['kill', signal.slice(3), String(pid)], { user: undefined, cwd: binaries.root })
    return
  }
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
