/**
 * A Landed process for the tests to kill, without the rest of Landed: `node test-process.ts <options as JSON>`. It says
 * what happens as lines of JSON, and stops when it reads a line. With `writes` it says each number once it is committed.
 */
import { once } from 'node:events'
import pg from 'pg'
import { EmbeddedDatabaseError, startEmbedded } from './embedded.ts'

const options = JSON.parse(process.argv[2]!) as { dataDir: string; fsync?: boolean; writes?: boolean }
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)
const ignore = () => {}
process.on('SIGINT', ignore)

try {
  const database = await startEmbedded({ ...options, log: { info: ignore, warn: ignore, error: ignore } })
  say({ role: database.role, connection: database.connection })
  if (options.writes) void write(database.connection)
  await once(process.stdin, 'data')
  await database.stop()
  process.exit()
} catch (error) {
  say({ refusal: error instanceof EmbeddedDatabaseError ? error.message : `unexpected: ${error}` })
  process.exit()
}

async function write(connection: pg.ClientConfig) {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query('drop table if exists acknowledged')
  await client.query('create table acknowledged (number int primary key)')
  for (let number = 1; ; number++) {
    await client.query('insert into acknowledged values ($1)', [number])
    say({ number })
  }
}
