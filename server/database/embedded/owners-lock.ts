import pg from 'pg'
import type { DataFolder } from './folder.ts'
import type { RunningServer } from './postmaster-pid.ts'
import { isAlive } from './processes.ts'

// Any number will do, as long as every version of Landed uses the same.
const ownersLock = 5_263_342_991

export type LockAttempt = {
  /** As PostgreSQL's administrator, for whom a few connections are kept free when the application uses all others. */
  client: pg.Client
  /** True: this connection now holds the owner's lock, until it ends. */
  locked: boolean
  /** The process that started the server; undefined when it was not Landed. */
  starter: number | undefined
}

/** Rejects with the driver's error when the server does not answer, or not yet. */
export async function tryOwnersLock(folder: DataFolder, port: number, password: string): Promise<LockAttempt> {
  const client = new pg.Client({
    host: folder.socketDir ?? '127.0.0.1',
    port,
    user: 'postgres',
    // Advisory locks count per database: it must be the same for everybody.
    database: 'postgres',
    password,
    application_name: 'landed: ownership',
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  })
  // The end of the server arrives here (57P01); without a listener it would end this process. 'end' follows.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ locked: boolean; starter: string | null }>(
      `select pg_try_advisory_lock($1) as locked, current_setting('landed.owner_pid', true) as starter`,
      [ownersLock],
    )
    const { locked, starter } = rows[0]!
    return { client, locked, starter: Number(starter) || undefined }
  } catch (error) {
    closeClient(client)
    throw error
  }
}

/** Does not wait: a server that hangs must not hold up whoever lets go of it. */
export function closeClient(client: pg.Client | undefined) {
  client?.end().catch(() => {})
}

const patienceWithStarter = 5_000

/**
 * What an attempt tells about the server.
 *
 * @param isOwn whether this process started the server
 * @param waited milliseconds since the server answered for the first time
 */
export async function judge(
  { locked, starter }: LockAttempt,
  server: RunningServer,
  isOwn: boolean,
  waited: number,
): Promise<'take it' | 'wait' | 'stop it'> {
  // Not locked: another process is just finding out that this is no orphan.
  if (isOwn) return locked ? 'take it' : 'wait'
  const starterLives = !server.within || (await isAlive(starter))
  // Its id may have gone to another process.
  const waitedLong = waited > patienceWithStarter
  // The lock was free, but who started the server lives: about to take the lock, or to take it again.
  if (locked) return starterLives && !waitedLong ? 'wait' : 'stop it'
  // The lock is held, but not by who started the server: somebody is about to stop an orphan, guests and all.
  return starterLives || waitedLong ? 'take it' : 'wait'
}
