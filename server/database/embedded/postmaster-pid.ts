import { type FileHandle, open } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './error.ts'
import type { DataFolder } from './folder.ts'
import { identify } from './processes.ts'

/** A PostgreSQL that serves the cluster, or is starting or stopping, as its postmaster.pid tells. */
export type RunningServer = {
  pid: number
  port: number
  ready: boolean
  /** False when it runs where this process cannot signal it: in another container that shares the folder. */
  within: boolean
}

// No system gives it to a process, and PostgreSQL reads it as an ordinary, dead one.
const deadPid = '2147483646'

/**
 * Finds the server of this cluster, or makes sure that PostgreSQL will start without one.
 *
 * @param known a process id that needs no check: it is the caller's own server
 */
export function findRunningServer(folder: DataFolder, known?: number): Promise<RunningServer | undefined> {
  return withFile(folder.pidFile, async (file) => {
    const lines = await readLines(file)
    const pid = Number(lines[0])
    const server = { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready', within: true }
    if (pid === known) return server
    if (await mayBeServer(pid, folder)) return server
    const socket = folder.socketDir && path.join(folder.socketDir, `.s.PGSQL.${server.port}`)
    if (socket && (await answers(socket))) return { ...server, within: false }
    await disarm(file, lines)
    // The socket's own lock file makes PostgreSQL refuse in the same way. By now it may be that of a newer server.
    if (socket) {
      await withFile(`${socket}.lock`, async (lock) => {
        const lockLines = await readLines(lock)
        if (!(await mayBeServer(Number(lockLines[0]), folder))) await disarm(lock, lockLines)
      })
    }
    return undefined
  })
}

async function mayBeServer(pid: number, folder: DataFolder): Promise<boolean> {
  const identity = pid > 0 ? await identify(pid, folder.cluster) : 'nothing'
  return identity === 'ours' || identity === 'unknown'
}

async function withFile<T>(place: string, use: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  const file = await open(place, 'r+').catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error
    return undefined
  })
  return file && use(file).finally(() => file.close())
}

/** PostgreSQL fills the file right after making it; one that stays empty is what a power loss left. */
async function readLines(file: FileHandle): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    if (bytesRead > 0 || tries === 20) return buffer.toString('utf8', 0, bytesRead).split('\n')
    await sleep(50)
  }
}

/**
 * Puts a dead process id on the first line, because the one there may be somebody else's by now, and PostgreSQL then
 * refuses to start. The file is never deleted: it names the shared memory by which a new postmaster notices backends
 * that outlived the old one. And the write goes through the handle that was read: when another start has replaced the
 * file in the meantime, it reaches the old one, which nobody sees any more, and not the id of a living server.
 */
async function disarm(file: FileHandle, lines: string[]) {
  if (lines[0] !== deadPid) await file.write([deadPid, ...(lines.length > 1 ? lines.slice(1) : [''])].join('\n'), 0)
}

/** A socket in the folder answers across containers, whose process ids mean nothing here. */
function answers(place: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(place)
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
