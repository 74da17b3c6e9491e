import { randomBytes } from 'node:crypto'
import { chown, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Binaries } from './binaries.ts'
import { codeOf, EmbeddedDatabaseError } from './error.ts'
import type { DataFolder } from './folder.ts'
import { run } from './server-user.ts'

/** Makes sure there is a cluster with the role and the database `landed`; answers the password of its roles. */
export async function ensureCluster(folder: DataFolder, binaries: Binaries, durable: boolean): Promise<string> {
  const version = await findVersion(folder)
  if (version === undefined) return createCluster(folder, binaries, durable)
  if (version !== binaries.major) {
    throw new EmbeddedDatabaseError(
      `The database in ${folder.dataDir} was made by PostgreSQL ${version}, and this Landed brings PostgreSQL ` +
        `${binaries.major}, which cannot read it. Start the version of Landed that made it, take a backup there and ` +
        'restore it into a new DATA_DIR, or set DATABASE_URL to a server that holds your data.',
    )
  }
  const password = await findPassword(folder)
  if (password) return password
  throw new EmbeddedDatabaseError(
    `The database in ${folder.dataDir} is there, but the file ${passwordFile(folder)} with its password is missing. ` +
      'Restore that file from your backup of the folder.',
  )
}

async function findVersion(folder: DataFolder): Promise<string | undefined> {
  try {
    return (await readFile(path.join(folder.cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  const entries = await readdir(folder.cluster).catch(() => [])
  if (entries.length === 0) return undefined
  throw new EmbeddedDatabaseError(
    `${folder.cluster} should hold the database and holds something else: the file PG_VERSION is missing. ` +
      'Restore the folder from a backup, or move it away to start with an empty database.',
  )
}

/**
 * Made beside and renamed once: a killed or a second initdb leaves nothing half-made. Whoever loses the race throws
 * its own away and goes on with the winner's.
 */
async function createCluster(folder: DataFolder, binaries: Binaries, durable: boolean): Promise<string> {
  const password = await createPassword(folder)
  const draft = `${folder.cluster}.new-${randomBytes(6).toString('hex')}`
  try {
    await mkdir(draft, { mode: 0o700 })
    if (folder.user) await chown(draft, folder.user.uid, folder.user.gid)
    await initialize(draft, folder, binaries, durable)
    await addRoleAndDatabase(draft, folder, binaries, password, durable)
    await rename(draft, folder.cluster)
    await syncFolder(folder.home)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if ((await findVersion(folder)) === undefined) throw error
  }
  return password
}

async function initialize(draft: string, folder: DataFolder, binaries: Binaries, durable: boolean) {
  const outcome = await run(
    binaries.initdb,
    [
      ...['-D', draft, '-U', 'postgres', `--pwfile=${passwordFile(folder)}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
    ],
    { user: folder.user, cwd: folder.home },
  )
  if (outcome.code !== 0) throw cannotCreate(folder, outcome.output)
}

/** In single-user mode, before the rename: nobody ever meets a cluster without them. */
async function addRoleAndDatabase(draft: string, folder: DataFolder, binaries: Binaries, password: string, durable: boolean) {
  // createdb and the ownership are enough for the trusted extensions, schemas, and databases for tests.
  const statements = [`create role landed login createdb password '${password}'`, 'create database landed owner landed', '']
  const outcome = await run(binaries.postgres, ['--single', '-D', draft, '-c', 'exit_on_error=on', '-c', `fsync=${durable}`, 'postgres'], {
    user: folder.user,
    cwd: folder.home,
    input: statements.join('\n'),
  })
  if (outcome.code !== 0) throw cannotCreate(folder, outcome.output.replaceAll(password, '…'))
}

function cannotCreate(folder: DataFolder, output: string) {
  return new EmbeddedDatabaseError(
    `The database could not be created in ${folder.dataDir}. PostgreSQL said:\n${output.trim().slice(-2000)}\n` +
      'Put that right, or set DATA_DIR to another folder.',
  )
}

function passwordFile(folder: DataFolder): string {
  return path.join(folder.home, 'password')
}

async function findPassword(folder: DataFolder): Promise<string | undefined> {
  const text = await readFile(passwordFile(folder), 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  })
  return text.trim() || undefined
}

/** Linked into place, so that processes starting at the same moment all use the one that came first, never a part of it. */
async function createPassword(folder: DataFolder): Promise<string> {
  const existing = await findPassword(folder)
  if (existing) return existing
  const draft = `${passwordFile(folder)}.new-${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  let failure: unknown
  try {
    await file.writeFile(`${randomBytes(24).toString('base64url')}\n`)
    if (folder.user) await file.chown(folder.user.uid, folder.user.gid)
    await file.sync()
    // It fails when another start was faster, or cleaned up: then theirs is there.
    await link(draft, passwordFile(folder)).catch((error) => (failure = error))
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
  const password = await findPassword(folder)
  if (!password) throw failure
  return password
}

/** Without it a power loss can undo the rename while the caller already trusts the cluster. */
async function syncFolder(folder: string) {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/**
 * Removes what starts that were killed half-way left behind, and copies of older binaries. Only the owner may: a start
 * that is still at it fails, looks again and finds what it wanted to make.
 */
export async function removeLeftovers(folder: DataFolder, binaries: Binaries) {
  for (const entry of await readdir(folder.home).catch(() => [])) {
    const place = path.join(folder.home, entry)
    const isLeftover = /\.new-|^binaries-/.test(entry) && place !== binaries.root
    if (isLeftover) await rm(place, { recursive: true, force: true }).catch(() => {})
  }
}
