import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '../client/client.ts'

export type OwnProcess = { client: Client; kill(signal: NodeJS.Signals): Promise<void> }

/** The server in a process of its own, for tests that end it. Kill it again. */
export async function startProcess(env: Record<string, string>): Promise<OwnProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../server/main.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'], PORT: '0', ROW_SECURITY: 'on', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const url = await new Promise<string>((found, fail) => {
    child.stdout.on('data', (text: Buffer) => {
      const address = /"url":"(http:[^"]+)"/.exec(text.toString())?.[1]
      if (address) found(address)
    })
    void gone.then(() => fail(new Error('the server ended')))
  })
  return {
    client: createClient({ baseUrl: url }),
    kill: async (signal) => {
      child.kill(signal)
      await gone
    },
  }
}
