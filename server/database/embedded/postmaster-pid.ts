import { open } from 'node:fs/promises'
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

// No system gives it to a process; PostgreSQL reads it as an ordinary, dead one.
const deadPid = '2147483646'

/**
 * Finds the server of this cluster, or makes sure that PostgreSQL will start without one.
 *
 * postmaster.pid is never deleted: it names the shared memory by which a new postmaster notices backends that outlived
 * the old one. When its process id belongs to somebody else by now, which makes PostgreSQL refuse to start, only that
 * line is overwritten. This goes through the handle the file was read from: if another start has replaced the file in
 * the meantime, the write goes to the old one, which nobody sees, and not over the id of a living server.
 *
 * @param known a process id that needs no check: it is the caller's own server
 */
export async function findRunningServer(folder: DataFolder, known?: number): Promise<RunningServer | undefined> {
  let file
  try {
    file = await open(folder.pidFile, 'r+')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    // Created first and filled at once; one that stays empty is what a power loss left.
    let text = ''
    for (let tries = 0; tries < 20 && !text; tries++) {
      if (tries > 0) await sleep(50)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
      text = buffer.toString('utf8', 0, bytesRead)
    }
    const lines = text.split('\n')
    const pid = Number(lines[0])
    const found = { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
    if (pid === known) return { ...found, within: true }
    const identity = pid > 0 ? await identify(pid, folder.cluster) : 'other'
    if (identity === 'ours' || identity === 'unknown') return { ...found, within: true }
    if (await answers(folder, found.port)) return { ...found, within: false }
    if (identity === 'other') await file.write([deadPid, ...lines.slice(1)].join('\n') || `${deadPid}\n`, 0)
    return undefined
  } finally {
    await file.close()
  }
}

/** A socket in the folder answers across containers, whose process ids mean nothing here. */
function answers(folder: DataFolder, port: number): Promise<boolean> {
  const { socketDir } = folder
  if (!socketDir || !port) return Promise.resolve(false)
  return new Promise((resolve) => {
    const socket = connect(path.join(socketDir, `.s.PGSQL.${port}`))
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
