import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type Client, createClient } from '../../client/client.ts'

export { expect }

/** A real Landed: its own process, its own data folder, its own embedded PostgreSQL. */
export type Landed = { url: string; client: Client; restart(): Promise<void> }

export const test = base.extend<{ env: Record<string, string>; landed: Landed }>({
  /** More settings for the process. */
  env: [{}, { option: true }],
  landed: async ({ env }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'landed-e2e-'))
    await chmod(dataDir, 0o755)
    let running = await start(dataDir, env)
    const landed: Landed = {
      url: running.url,
      client: createClient({ baseUrl: running.url }),
      restart: async () => {
        const port = new URL(running.url).port
        await stop(running.child)
        running = await start(dataDir, env, port)
      },
    }
    await use(landed)
    await stop(running.child)
    await rm(dataDir, { recursive: true, force: true })
  },
  baseURL: async ({ landed }, use) => use(landed.url),
})

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

async function start(dataDir: string, env: Record<string, string>, port = '0'): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], DATA_DIR: join(dataDir, 'data'), PORT: port, CHECK_ANSWERS: 'true', ROW_SECURITY: 'on', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk
      const found = /"url":"(http:[^"]+)"/.exec(text)
      if (found) resolve(found[1] as string)
    })
    child.once('exit', (code) => reject(new Error(`Landed ended with ${code} before it listened:\n${text}`)))
  })
  return { child, url }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** No finding of axe against WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help} – ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}
