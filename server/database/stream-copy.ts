import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { App } from '../app.ts'
import { AppError } from '../errors.ts'
import { CopyOut, type Framing } from './copy-out.ts'
import { forEverybody } from './row-security.ts'

// So long the database may refuse and get a plain answer; after it the file has begun and can only be broken off.
const settledWithinMs = 50

/** One moment of the database, on a connection of its own: what is read through it fits together, whatever others write. */
export type Snapshot = {
  rows<Row>(statement: string): Promise<Row[]>
  /** One at a time. */
  copy(statement: string, framing: Framing): CopyOut
  /** Gives the connection back, once. `left`: what it is still doing is of no use to anybody, and stopped. */
  end(how: 'finished' | 'refused' | 'left'): Promise<void>
}

/** Throws `overloaded` when as many files are being made as there are connections for it. */
export async function openSnapshot(app: App): Promise<Snapshot> {
  const { streams } = app
  const max = streams.options.max
  if (streams.totalCount - streams.idleCount + streams.waitingCount >= max) {
    throw new AppError('overloaded', `${max} files are being made already. Try again when one of them is done.`)
  }
  const client = await streams.connect()
  const pid = await begin(client).catch((error: unknown) => {
    client.release(true)
    throw error
  })
  let ended: Promise<void> | undefined
  return {
    rows: async <Row>(statement: string) => (await client.query(statement)).rows as Row[],
    copy: (statement, framing) => {
      const copy = new CopyOut(statement, framing)
      // Its reader hears errors too; before there is one they must not end the process.
      copy.on('error', () => {})
      return client.query(copy)
    },
    end: (how) => {
      ended ??= how === 'left' ? cancel(app, client, pid) : end(client, how)
      return ended
    },
  }
}

/** The rows of `copy … to stdout` as a file. Who stops reading and goes stops the query too. Throws `overloaded`, as a snapshot does. */
export async function streamCopy(app: App, statement: string, framing: Framing): Promise<Readable> {
  const snapshot = await openSnapshot(app)
  const copy = snapshot.copy(statement, framing)
  void copy.over.then((how) => snapshot.end(how))
  await mayRefuse(copy.begun)
  return copy
}

/** Waits until `begun` settles, for as long as a refusal can still become a plain answer. */
export const mayRefuse = (begun: Promise<void>): Promise<void> => Promise.race([begun, sleep(settledWithinMs, undefined, { ref: false })])

// In a transaction, so that a pooler in between stays with the backend whose pid this is. It idles while a slow reader
// takes the end of what one query gave, before the next begins.
async function begin(client: pg.PoolClient): Promise<number> {
  const results = (await client.query(
    `begin isolation level repeatable read read only; set local idle_in_transaction_session_timeout = '5min'; select pg_backend_pid() as pid`,
  )) as unknown as pg.QueryResult<{ pid: number }>[]
  return results[2]!.rows[0]!.pid
}

async function end(client: pg.PoolClient, how: 'finished' | 'refused'): Promise<void> {
  const ended = how === 'finished' && (await client.query('commit').catch(() => null))
  client.release(!ended)
}

// Closing the connection is not enough: PostgreSQL notices that only when it next has something to send.
async function cancel(app: App, client: pg.PoolClient, pid: number): Promise<void> {
  await forEverybody(() => app.pool.query('select pg_cancel_backend($1)', [pid])).catch((error: unknown) =>
    app.log.warn({ err: error }, 'an export that nobody reads could not be cancelled'),
  )
  client.release(true)
}
