import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { App } from '../app.ts'
import { AppError } from '../errors.ts'
import { CopyOut, type Framing } from './copy-out.ts'

// So long the database may refuse and get a plain answer; after it the file has begun and can only be broken off.
const settledWithinMs = 50

/**
 * The rows of `copy … to stdout` as a file, on a connection of its own. Who stops reading and goes stops the query too.
 * Throws `overloaded` when as many files are being made as there are connections for it.
 */
export async function streamCopy(app: App, statement: string, framing: Framing): Promise<Readable> {
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
  const copy = new CopyOut(statement, framing)
  // Its reader hears errors too; before there is one they must not end the process.
  copy.on('error', () => {})
  void copy.over.then((how) => (how === 'left' ? cancel(app, client, pid) : end(client, how)))
  client.query(copy)
  await Promise.race([copy.begun, sleep(settledWithinMs, undefined, { ref: false })])
  return copy
}

// In a transaction, so that a pooler in between stays with the backend whose pid this is.
async function begin(client: pg.PoolClient): Promise<number> {
  const results = (await client.query('begin read only; select pg_backend_pid() as pid')) as unknown as pg.QueryResult<{ pid: number }>[]
  return results[1]!.rows[0]!.pid
}

async function end(client: pg.PoolClient, how: 'finished' | 'refused'): Promise<void> {
  const ended = how === 'finished' && (await client.query('commit').catch(() => null))
  client.release(!ended)
}

// Closing the connection is not enough: PostgreSQL notices that only when it next has something to send.
async function cancel(app: App, client: pg.PoolClient, pid: number): Promise<void> {
  await app.pool
    .query('select pg_cancel_backend($1)', [pid])
    .catch((error: unknown) => app.log.warn({ err: error }, 'an export that nobody reads could not be cancelled'))
  client.release(true)
}
