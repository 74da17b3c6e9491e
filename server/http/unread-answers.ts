import type { FastifyReply } from 'fastify'

/** Below this pace nobody is waiting for a file, but keeping it. What the system holds on the way is not counted. */
const leastBytes = 64 * 1024

/** Whoever hardly reads what they asked for keeps a connection of the database: who takes too little in this time is left. */
export function endUnread({ raw }: FastifyReply, seconds: number): void {
  const { socket } = raw
  if (!socket) return
  const taken = () => socket.bytesWritten - socket.writableLength
  let before = taken()
  const watch = setInterval(() => {
    // While there is nothing to send, it is not the reader who is slow.
    if (raw.writableLength > 0 && taken() - before < leastBytes) raw.destroy()
    before = taken()
  }, seconds * 1000)
  raw.once('close', () => clearInterval(watch))
}
