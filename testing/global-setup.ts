import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../server/database/embedded/embedded.ts'
import { migrate } from '../server/database/migrate.ts'
import { makePersonRole, openTablesToPersons } from '../server/database/row-security.ts'
import { databaseUrl, run, type TestCluster, templateName } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster
  }
}

/** One real PostgreSQL for the whole run, with a migrated template that each file copies. */
export default async function setup(project: TestProject) {
  const log = pino({ level: 'warn' })
  const given = process.env['TEST_DATABASE_URL']
  const dataDir = await mkdtemp(join(tmpdir(), 'landed-test-'))
  const embedded = given ? null : await startEmbedded({ dataDir, log, fsync: false, maxConnections: 200 })
  const cluster = { url: given ?? urlOf(embedded!.connection) }
  if (embedded) await makePersonRole({ ...embedded.connection, user: 'postgres' }, embedded.connection.user)
  else await makePersonRole({ connectionString: cluster.url }, decodeURIComponent(new URL(cluster.url).username))

  await run(cluster, `drop database if exists ${templateName}`)
  await run(cluster, `create database ${templateName}`)
  const pool = new pg.Pool({ connectionString: databaseUrl(cluster, templateName), max: 1 })
  await migrate(pool, log)
  await openTablesToPersons(pool)
  await pool.end()
  project.provide('cluster', cluster)

  return async () => {
    await run(cluster, `drop database if exists ${templateName}`)
    await embedded?.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

// A socket folder goes into the query, where every client library looks for it.
function urlOf({ host, port, user, password, database }: Awaited<ReturnType<typeof startEmbedded>>['connection']): string {
  const socket = host.startsWith('/')
  const url = new URL(`postgres://${user}:${encodeURIComponent(password)}@${socket ? 'localhost' : host}:${port}/${database}`)
  if (socket) url.searchParams.set('host', host)
  return url.href
}
