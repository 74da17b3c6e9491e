import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { explain, messageOf } from './error.ts'
import { openFolder } from './folder.ts'
import { type Log, Ownership, type Place } from './ownership.ts'

export { EmbeddedDatabaseError } from './error.ts'
export { defaultDataDir } from './folder.ts'

export type EmbeddedDatabase = {
  /** What `new pg.Pool(…)` takes to reach it; `host` is the folder of its socket, or 127.0.0.1. */
  readonly connection: { host: string; port: number; user: string; password: string; database: string }
  /**
   * owner: this process started it and stops it; guest: another Landed process on the same folder does. A guest whose
   * owner ends becomes the owner.
   */
  readonly role: 'owner' | 'guest'
  /** Idempotent. The owner stops the server and waits for its end, a guest lets go of it. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  dataDir: string
  log: Log
  /** False only in tests: a power loss then destroys the database. */
  fsync?: boolean
  maxConnections?: number
}

/** Starts PostgreSQL on the folder, or joins the one that is there, and keeps it going until `stop`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await prepare(options).catch((error) => {
    throw explain(error, options.dataDir)
  })
  const { folder, password, log } = place
  const ownership = new Ownership(place)
  let hold = await ownership.take().catch(async (error) => {
    await ownership.release()
    throw explain(error, folder.dataDir)
  })
  log.info({ dataDir: folder.dataDir, role: hold.role, pid: hold.pid }, 'the embedded PostgreSQL is ready')

  const stopping = new AbortController()
  let stopped: Promise<void> | undefined
  const keeping = keep()

  async function keep() {
    let delay = 0
    while (!stopping.signal.aborted) {
      const since = Date.now()
      const reason = await hold.lost
      if (stopping.signal.aborted) return
      if (Date.now() - since > 60_000) delay = 0
      log.warn({ reason, role: hold.role }, 'the embedded PostgreSQL was lost')
      // The owner goes first, if it is still there: guests come and go, and would take the server with them.
      if (hold.role === 'guest') delay = Math.max(delay, 500)
      for (let back = false; !back && !stopping.signal.aborted; delay = Math.min(2 * delay + 50, 10_000)) {
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => {})
        back = await regain()
      }
    }
  }

  async function regain(): Promise<boolean> {
    try {
      hold = await ownership.take()
      log.info({ role: hold.role, pid: hold.pid }, 'the embedded PostgreSQL is back')
      return true
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ reason: messageOf(error) }, 'the embedded PostgreSQL does not come back')
      return false
    }
  }

  return {
    connection: {
      host: folder.socketDir ?? '127.0.0.1',
      port: hold.port,
      user: 'landed',
      password,
      database: 'landed',
    },
    get role() {
      return hold.role
    },
    stop() {
      stopping.abort()
      stopped ??= ownership.release().then(() => keeping)
      return stopped
    },
  }
}

async function prepare({ dataDir, log, fsync = true, maxConnections = 40 }: EmbeddedOptions): Promise<Place> {
  const folder = await openFolder(dataDir)
  const binaries = await findBinaries(folder)
  const password = await ensureCluster(folder, binaries, fsync)
  return { folder, binaries, password, durable: fsync, maxConnections, log }
}
