import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Binaries } from './binaries.ts'
import { removeLeftovers } from './cluster.ts'
import { codeOf, EmbeddedDatabaseError, messageOf } from './error.ts'
import type { DataFolder } from './folder.ts'
import { fastenLeash, type Leash } from './leash.ts'
import { closeClient, judge, type LockAttempt, tryOwnersLock } from './owners-lock.ts'
import { findFreePort, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { findRunningServer, type RunningServer } from './postmaster-pid.ts'

export type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>

export type Place = {
  folder: DataFolder
  binaries: Binaries
  password: string
  durable: boolean
  maxConnections: number
  log: Log
}

/** Until `lost` resolves (with the reason), the database is there and this process has that role. */
export type Hold = { role: 'owner' | 'guest'; pid: number; port: number; lost: Promise<string> }

const patience = 60_000
const startsBeforeGivingUp = 4

/**
 * The owner is who holds an advisory lock on one connection. It goes with the process, however that ends, so a server
 * whose lock is free has lost its owner. Such an orphan is stopped and started anew rather than adopted: its settings
 * may be old, and only its parent learns when it ends.
 */
export class Ownership {
  readonly #place: Place
  #postmaster: Postmaster | undefined
  #client: pg.Client | undefined
  #leash: Leash | undefined
  #port: number | undefined
  #taking: Promise<unknown> = Promise.resolve()
  #released = false

  constructor(place: Place) {
    this.#place = place
  }

  /** Joins the server that is there, or starts one; again, when the hold was lost. */
  take(): Promise<Hold> {
    const taking = this.#take()
    this.#taking = taking.catch(() => {})
    return taking
  }

  /** Stops the server if this process started it, and only lets go otherwise. */
  async release() {
    this.#released = true
    await this.#taking
    const postmaster = this.#postmaster
    if (postmaster?.isRunning()) {
      const gone = await stopPostmaster(postmaster.pid, this.#place.binaries, () => !postmaster.isRunning())
      if (!gone) this.#place.log.error({ pid: postmaster.pid }, 'PostgreSQL does not stop')
    }
    this.#leash?.close()
    closeClient(this.#client)
  }

  async #take(): Promise<Hold> {
    const began = Date.now()
    let failedStarts = 0
    let answeringSince: number | undefined
    let silence: unknown
    let pause = 0
    closeClient(this.#client)
    if (!this.#postmaster?.isRunning()) this.#postmaster = undefined
    for (; ; await sleep(pause)) {
      if (this.#released) throw new EmbeddedDatabaseError('The database was stopped while it was starting.')
      pause = 15
      const own = this.#postmaster?.isRunning() ? this.#postmaster : undefined
      const server = await findRunningServer(this.#place.folder, own?.pid)

      if (!server && !own) {
        const failed = this.#postmaster
        if (!failed) {
          await this.#start()
        } else {
          const output = await failed.readOutput()
          // A backend that outlived a killed postmaster ends when its query does.
          const isOccupied = output.includes('pre-existing shared memory block') && Date.now() - began < patience
          if (++failedStarts >= startsBeforeGivingUp && !isOccupied) throw this.#refusesToStart(output)
          pause = Math.min(50 * 2 ** failedStarts, 1000)
          this.#postmaster = undefined
          // Somebody else may have taken the port; once it has been handed out, it has to stay.
          if (!this.#client) this.#port = undefined
        }
        continue
      }
      // Ours has not come as far as writing its id, or is about to give way to another one.
      if (!server || (own && server.pid !== own.pid)) continue
      if (!own) this.#postmaster = undefined
      // Repairing itself after a crash may take ours any time; others may hang.
      if ((!own || server.ready) && Date.now() - began > patience) throw this.#givesNoAnswer(server, silence)
      if (!server.ready) continue

      const attempt = await this.#tryLock(server).catch((error) => {
        if (error instanceof EmbeddedDatabaseError) throw error
        silence = error
      })
      if (!attempt) continue
      answeringSince ??= Date.now()
      const verdict = await judge(attempt, server, own !== undefined, Date.now() - answeringSince)
      if (verdict === 'take it') return this.#hold(attempt, server, own)
      try {
        if (verdict === 'stop it') await this.#stopOrphan(server)
        else pause = 50
      } finally {
        closeClient(attempt.client)
      }
    }
  }

  async #start() {
    const { folder, binaries, durable, maxConnections, log } = this.#place
    this.#port ??= folder.socketDir ? 5432 : await findFreePort()
    this.#leash ??= fastenLeash(folder, (reason) => {
      this.#leash = undefined
      log.warn({ reason }, 'the process that would stop PostgreSQL after a crash of this one is gone')
    })
    const postmaster = await startPostmaster(folder, binaries, { port: this.#port, durable, maxConnections })
    this.#postmaster = postmaster
    this.#leash?.watch(postmaster.pid)
    void postmaster.exited.then(() => this.#leash?.forget(postmaster.pid))
  }

  #hold({ client }: LockAttempt, server: RunningServer, own?: Postmaster): Hold {
    const { folder } = this.#place
    if (this.#port !== undefined && this.#port !== server.port) {
      closeClient(client)
      throw new EmbeddedDatabaseError(
        `The database in ${folder.dataDir} has moved from port ${this.#port} to ${server.port}. Restart this process.`,
      )
    }
    this.#port = server.port
    this.#client = client
    if (own) {
      void removeLeftovers(folder, this.#place.binaries)
    } else {
      this.#leash?.close()
      this.#leash = undefined
    }
    const ended = new Promise<string>((resolve) => client.once('end', () => resolve('the connection ended')))
    const exited = own?.exited.then(() => 'PostgreSQL ended')
    const lost = exited ? Promise.race([exited, ended]) : ended
    return { role: own ? 'owner' : 'guest', pid: server.pid, port: server.port, lost }
  }

  #tryLock(server: RunningServer): Promise<LockAttempt> {
    const { folder, password } = this.#place
    return tryOwnersLock(folder, server.port, password).catch((error) => {
      if (codeOf(error) !== '28P01') throw error
      throw new EmbeddedDatabaseError(
        `The file ${folder.home}/password does not hold the password of the database in ${folder.dataDir}. ` +
          'Restore both from the same backup.',
      )
    })
  }

  async #stopOrphan(server: RunningServer) {
    const { folder, binaries, log } = this.#place
    log.warn({ pid: server.pid }, 'stopping a PostgreSQL whose Landed process is gone')
    const isGone = async () => (await findRunningServer(folder))?.pid !== server.pid
    if (server.within && (await stopPostmaster(server.pid, binaries, isGone))) return
    throw new EmbeddedDatabaseError(
      `A PostgreSQL without a Landed process still serves ${folder.dataDir}, and it cannot be stopped from here: it ` +
        `has the process id ${server.pid}, perhaps in another container. Stop it there and start Landed again.`,
    )
  }

  #refusesToStart(output: string) {
    const { folder } = this.#place
    return new EmbeddedDatabaseError(
      `PostgreSQL does not start on ${folder.dataDir}. It said:\n${output}\n` +
        `Put that right, or set DATA_DIR to another folder. All it says is in ${folder.log}.`,
    )
  }

  #givesNoAnswer(server: RunningServer, silence: unknown) {
    return new EmbeddedDatabaseError(
      `Another process, ${server.pid}, serves the database in ${this.#place.folder.dataDir} and gives no answer` +
        `${silence ? ` (${messageOf(silence)})` : ''}. Wait until it is done, or end it, and start Landed again.`,
    )
  }
}
