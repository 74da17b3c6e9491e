/** The least a server on Fastify can be: what ours starts and weighs beside it. */
import Fastify from 'fastify'

const server = Fastify()
server.get('/', () => ({ hello: 'world' }))
console.log(JSON.stringify({ url: await server.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) }) }))
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)))
