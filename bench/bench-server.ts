import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { createApp, type OpenApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { scripts: { start: string } }
/** What `npm start` tells node beside the script. */
const flags = /\bnode ((?:--\S+ )*)server\/main\.ts/.exec(scripts.start)?.[1]?.split(' ').filter(Boolean) ?? []

/** For what measures a server in its own process: goes on in one that was told by node's flags what `npm start` tells it. */
export function asStarted(): void {
  if (flags.every((flag) => process.execArgv.includes(flag))) return
  process.exit(spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' }).status ?? 1)
}

/** A place on disk for one bench: `dataDir` for the server, `folder` for anything else. */
export async function makeFolder(): Promise<{ folder: string; dataDir: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'landed-bench-'))
  // Root's PostgreSQL runs under another account, which must get through.
  await mkdir(join(folder, 'data'), { mode: 0o711 })
  await chmod(folder, 0o711)
  return { folder, dataDir: join(folder, 'data'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

export type Running = { url: string; pid: number } & AsyncDisposable

type Settings = { folder: string; dataDir: string; port?: number; args?: string[]; flags?: string[] }

/** The real server as people start it, logging each request as it does by default. */
export const startServer = (settings: Settings) => startProcess(main, { ...settings, flags: [...flags, ...(settings.flags ?? [])] })

/** Runs a script that says `"url":"http://…"` on its standard output once it listens. */
export async function startProcess(script: string, { folder, dataDir, port = 0, args = [], flags = [] }: Settings): Promise<Running> {
  const path = join(folder, `output-${crypto.randomUUID()}.log`)
  const output = await open(path, 'a')
  const child = spawn(process.execPath, [...flags, script, ...args], {
    // Nothing of the caller's settings: a DATABASE_URL would measure something else. And no daily backup in between.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, PORT: String(port), BACKUPS: 'off' },
    // A file, as a service manager would give it: a pipe would make this process take part.
    stdio: ['ignore', output.fd, output.fd],
  })
  await output.close()
  for (;;) {
    const said = await readFile(path, 'utf8')
    const url = /"url":"(http[^"]+)"/.exec(said)?.[1]
    if (url) return { url, pid: child.pid as number, [Symbol.asyncDispose]: () => stop(child) }
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}: ${said}`)
    await sleep(10)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** The app's own machinery in this process, on the same folder, for filling and for asking the database directly. */
export const openApp = (dataDir: string, env: Record<string, string> = {}): Promise<OpenApp> =>
  createApp(readConfig({ DATA_DIR: dataDir, PORT: '0', ...env }), { log: pino({ level: 'silent' }) })
