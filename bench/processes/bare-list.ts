/**
 * A bare Fastify handler that sends the statements it was given over a pool like the server's and answers the rows:
 * the limit of a list. The statements come as JSON in the first argument.
 */
import Fastify from 'fastify'
import type { QueryConfig } from 'pg'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/database/open.ts'

const statements = JSON.parse(process.argv[2] as string) as QueryConfig[]
const database = await openDatabase(readConfig(process.env), pino({ level: 'silent' }))
const server = Fastify()
server.get('/', async (_request, reply) => {
  const results = await Promise.all(statements.map((statement) => database.pool.query(statement)))
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(results.map((result) => result.rows)))
})
console.log(JSON.stringify({ url: await server.listen({ host: '127.0.0.1', port: 0 }) }))
process.on('SIGTERM', () => void server.close().then(() => database.close().then(() => process.exit(0))))
