import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Browsers open connections ahead of need. Node does not count them as idle, so stopping would wait for them. */
export function endUnusedConnections(server: FastifyInstance): void {
  const unused = new Set<Socket>()
  server.server.on('connection', (socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.server.on('upgrade', (request) => unused.delete(request.socket))
  server.server.on('request', (request) => unused.delete(request.socket))
  server.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy()
  })
}
