import { execFile, spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { createClient } from '../client/client.ts'
import { downloadBackup, pack, unpack } from '../testing/backup-archives.ts'
import { useTestApp } from '../testing/test-app.ts'

vi.setConfig({ testTimeout: 120_000 })

const t = useTestApp()
const cleanUp: (() => unknown)[] = []
afterAll(async () => {
  for (const step of cleanUp.reverse()) await step()
})

async function makeFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'landed-verify-'))
  await chmod(path, 0o755)
  cleanUp.push(() => rm(path, { recursive: true, force: true }))
  return path
}

/** `npm run backup:verify`, as a process of its own. */
async function verify(env: Record<string, string>, ...files: string[]): Promise<{ code: number; said: string }> {
  const script = fileURLToPath(new URL('./verify-backup.ts', import.meta.url))
  return promisify(execFile)(process.execPath, [script, ...files], { env: { PATH: process.env['PATH'], ...env } }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, said: error.stdout + error.stderr }),
  )
}

test('each file is told with its count; a broken one ends with 1', async () => {
  const { id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  await t.client.applications.create({ body: { job_id: id } })
  const folder = await makeFolder()
  const archive = await downloadBackup(t)
  await writeFile(join(folder, 'good.zip'), archive)
  const files = await unpack(archive)
  files.set('events.json', Buffer.from(String(files.get('events.json')).replace('interested', 'withdrawn!')))
  await writeFile(join(folder, 'bad.zip'), await pack(files))
  await writeFile(join(folder, 'cut.zip'), archive.subarray(0, 500))

  const env = { DATABASE_URL: t.app.config.databaseUrl as string, DATA_DIR: t.app.config.dataDir }
  const good = await verify(env, join(folder, 'good.zip'))
  expect(good.said).toMatch(/^good\.zip, made by Landed .*\n {2}✓ jobs\.json +1\n {2}✓ applications\.json +1\n {2}✓ events\.json +1\n/)
  expect(good.said).toContain('It is whole')
  expect(good.said).not.toContain('✗')
  expect(good.code).toBe(0)

  const bad = await verify(env, join(folder, 'good.zip'), join(folder, 'bad.zip'))
  expect(bad.code).toBe(1)
  expect(bad.said).toMatch(/✗ events\.json +1 {3}events\.json is not what it was/)
  expect(bad.said.match(/✗/g)).toHaveLength(1)

  const cut = await verify(env, join(folder, 'cut.zip'))
  expect(cut).toMatchObject({ code: 1, said: expect.stringContaining('the archive is not whole') })
  expect(await verify(env)).toMatchObject({ code: 1, said: expect.stringMatching(/^Say which file/) })
  expect(await verify(env, '/nowhere.zip')).toMatchObject({ code: 1, said: 'There is no file /nowhere.zip.\n' })
})

test('it brings its own database when nothing runs; and a kill in the middle of a backup leaves no half file', async () => {
  const folder = await makeFolder()
  const env = { DATA_DIR: join(folder, 'data'), PORT: '0', BACKUPS: 'off' }
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUp.push(() => child.kill('SIGKILL'))
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const baseUrl = await new Promise<string>((found, fail) => {
    child.stdout.on('data', (text: Buffer) => {
      const address = /"url":"(http:[^"]+)"/.exec(text.toString())?.[1]
      if (address) found(address)
    })
    void gone.then(() => fail(new Error('the server ended')))
  })
  const client = createClient({ baseUrl })
  const text = Array.from({ length: 9_000 }, () => Math.random().toString(36)).join(' ')
  for (let at = 0; at < 40; at++)
    await client.jobs.create({ body: { company: 'Northwind', title: `Job ${at}`, requirements: text.slice(0, 99_000) } })
  const { name } = await client.backups.create()
  const kept = join(env.DATA_DIR, 'backups', (await client.account.me()).id)

  client.backups.create().catch(() => {})
  await expect.poll(async () => (await readdir(kept)).some((file) => file.endsWith('.part')), { timeout: 20_000, interval: 1 }).toBe(true)
  child.kill('SIGKILL')
  await gone
  expect((await readdir(kept)).filter((file) => file.endsWith('.zip'))).toEqual([name])

  const { code, said } = await verify(env, join(kept, name))
  expect(said).toMatch(/✓ jobs\.json +40\n/)
  expect(code).toBe(0)
})
