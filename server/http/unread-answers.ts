import type { FastifyReply } from 'fastify'

/** Whoever does not read what they asked for keeps a connection of the database: after this long without a byte taken it is over. */
export function endUnread({ raw }: FastifyReply, seconds: number): void {
  const { socket } = raw
  // The socket counts what it gets rid of. While there is nothing to send, it is not the reader who is slow.
  const check = () => {
    if (raw.writableLength > 0) raw.destroy()
    else socket?.setTimeout(seconds * 1000)
  }
  socket?.setTimeout(seconds * 1000)
  socket?.on('timeout', check)
  raw.once('close', () => {
    socket?.off('timeout', check)
    socket?.setTimeout(0)
  })
}
