import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Where the databases of a test run are: an embedded cluster, or TEST_DATABASE_URL when it is given. */
export type TestCluster = { url: string }

export const templateName = 'landed_test_template'

/** A database of its own, copied from the migrated template. */
export async function makeDatabase(cluster: TestCluster): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `landed_test_${randomBytes(6).toString('hex')}`
  await run(cluster, `create database ${name} template ${templateName} strategy file_copy`)
  return { url: databaseUrl(cluster, name), drop: () => drop(cluster, name) }
}

// PostgreSQL's own cleaner may be at work in it, and an ordinary role may not end that one: it is done in a moment.
async function drop(cluster: TestCluster, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(cluster, `drop database if exists ${name} with (force)`)
    } catch (error) {
      if (attempt === 50 || !(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
      await sleep(200)
    }
  }
}

export function databaseUrl(cluster: TestCluster, name: string): string {
  const url = new URL(cluster.url)
  url.pathname = `/${name}`
  return url.href
}

export async function run(cluster: TestCluster, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
