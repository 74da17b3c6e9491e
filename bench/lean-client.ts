import { connect } from 'node:net'

/** `headers`: the status line and what follows it, as sent. */
export type Answered = { status: number; headers: string; ms: number }

export type LeanClient = { get(path: string): Promise<Answered> } & AsyncDisposable

const endOfHeaders = Buffer.from('\r\n\r\n')

/**
 * One connection, one request at a time, each body read to its end and forgotten in one and the same buffer: fetch leaves so much
 * behind that every twentieth answer waits for this process to tidy up, beside a server that has as few processors.
 */
export async function leanClient(url: string): Promise<LeanClient> {
  const { hostname, port, host } = new URL(url)
  const buffer = Buffer.alloc(256 * 1024)
  let headers = Buffer.alloc(0)
  let missing: number | null = null
  let answered: ReturnType<typeof Promise.withResolvers<Omit<Answered, 'ms'>>> | undefined

  const read = (chunk: Buffer) => {
    if (missing === null) {
      headers = Buffer.concat([headers, chunk])
      const end = headers.indexOf(endOfHeaders)
      if (end < 0) return
      const length = /^content-length: (\d+)/im.exec(headers.toString('latin1', 0, end))?.[1]
      if (length === undefined) return answered?.reject(new Error(`no length: ${headers.toString('latin1', 0, end)}`))
      missing = Number(length) - (headers.length - end - endOfHeaders.length)
      headers = headers.subarray(0, end)
    } else missing -= chunk.length
    if (missing > 0) return
    const text = headers.toString('latin1')
    headers = Buffer.alloc(0)
    missing = null
    answered?.resolve({ status: Number(text.split(' ', 2)[1]), headers: text })
  }
  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: {
      buffer,
      callback: (n) => {
        read(buffer.subarray(0, n))
        return true
      },
    },
  })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.on('error', (error) => answered?.reject(error))
  return {
    get: async (path) => {
      answered = Promise.withResolvers()
      const began = performance.now()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      const answer = await answered.promise
      return { ...answer, ms: performance.now() - began }
    },
    [Symbol.asyncDispose]: async () => void socket.destroy(),
  }
}
