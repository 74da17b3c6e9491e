/** The backups that Landed keeps: `DATA_DIR/backups/<user>`, each a ZIP with a note beside it that says what is known of it. */
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { type Backup, type BackupCheck, BackupName, type BackupReason } from '../../../contract/backups.ts'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { conflict, notFound } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { textOf } from './problems.ts'
import { verifyBackup } from './verify.ts'
import { writeArchive } from './write-archive.ts'

type Note = Pick<Backup, 'counts' | 'verified_at' | 'problem'>
const noteOf = ({ counts, verified_at, problem }: Backup): Note => ({ counts, verified_at, problem })

const unknown: Note = { counts: null, verified_at: null, problem: null }
const folderOf = (app: App, user: User) => join(app.config.dataDir, 'backups', user.id)

/** Newest first. */
export async function findKept(app: App, user: User): Promise<Backup[]> {
  const names = await readdir(folderOf(app, user)).catch(() => [] as string[])
  const found = await Promise.all(names.filter((name) => BackupName.safeParse(name).success).map((name) => readKept(app, user, name)))
  return found.filter((one) => one !== undefined).toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
}

/** Throws `not_found`. */
export async function getKept(app: App, user: User, name: string): Promise<{ path: string; backup: Backup }> {
  const backup = await readKept(app, user, name)
  if (!backup) throw notFound('backup')
  return { path: join(folderOf(app, user), name), backup }
}

async function readKept(app: App, user: User, name: string): Promise<Backup | undefined> {
  const path = join(folderOf(app, user), name)
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  const note = await readFile(`${path}.json`, 'utf8')
    .then((text) => JSON.parse(text) as Note)
    .catch(() => unknown)
  const [, day, time, reason] = /(\d{8})T(\d{9})Z-(\w+)/.exec(name) as RegExpExecArray
  const at = `${day}T${time}`.replace(/(....)(..)(..)T(..)(..)(..)(...)/, '$1-$2-$3T$4:$5:$6.$7Z')
  return { name, reason: reason as BackupReason, created_at: at, bytes: found.size, ...unknown, ...note }
}

/**
 * Makes a backup that is there whole or not at all, verifies it, and lets go of the oldest of its reason. One at a time:
 * throws conflict when another one is being made. But what is about to be replaced waits for that, and for nothing else.
 */
export function keepBackup(app: App, user: User, reason: BackupReason, signal?: AbortSignal): Promise<Backup> {
  return inTransaction(app, async (app) => {
    // It only holds the turn meanwhile.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(app.db)
    await takeTurnFor(app, user, reason)
    const folder = folderOf(app, user)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const name of await readdir(folder)) if (name.endsWith('.zip.part')) await rm(join(folder, name), { force: true })

    const name = await freeName(app, folder, reason)
    const { stream, manifest } = await writeArchive(app, user)
    const part = join(folder, `${name}.part`)
    try {
      await pipeline(stream, createWriteStream(part, { flags: 'wx', mode: 0o600 }), { signal })
      const { counts } = await manifest
      await sync(part)
      await writeNote(join(folder, name), { ...unknown, counts })
      await rename(part, join(folder, name))
      await sync(folder)
    } catch (error) {
      stream.destroy()
      await rm(part, { force: true })
      throw error
    }
    if (reason !== 'before_replace') await verifyNew(app, user, name, signal)
    await removeOld(app, user, reason)
    return (await getKept(app, user, name)).backup
  })
}

async function verifyNew(app: App, user: User, name: string, signal?: AbortSignal): Promise<void> {
  try {
    const { problem } = await verifyKept(app, user, name, signal)
    if (problem) app.log.error({ backup: name, problem }, 'a backup that was just made is not whole')
  } catch (error) {
    // The file is there; only nobody knows yet whether it is good.
    app.log.error({ err: error, backup: name }, 'a backup could not be verified')
    const { path, backup } = await getKept(app, user, name)
    await writeNote(path, { ...noteOf(backup), problem: `it could not be verified (${textOf(error)})` })
  }
}

async function takeTurnFor(app: App, user: User, reason: BackupReason): Promise<void> {
  const turn = `backups ${user.id}`
  if (reason === 'before_replace') return takeTurn(app, turn)
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${turn}, 0)) as free`.execute(app.db)
  if (!rows[0]?.free) throw conflict('A backup is being made already. It will be in the list in a moment.')
}

async function freeName(app: App, folder: string, reason: BackupReason): Promise<string> {
  for (let at = app.now().getTime(); ; at++) {
    const name = `landed-backup-${new Date(at).toISOString().replace(/[-:.]/g, '')}-${reason}.zip`
    if (!(await stat(join(folder, name)).catch(() => undefined))) return name
  }
}

/** On the disk itself, so that it is there after a power cut, too. Not every system does that with a folder. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

async function writeNote(path: string, note: Note): Promise<void> {
  await writeFile(`${path}.json.part`, JSON.stringify(note), { mode: 0o600 })
  await rename(`${path}.json.part`, `${path}.json`)
}

async function removeOld(app: App, user: User, reason: BackupReason): Promise<void> {
  const all = (await findKept(app, user)).filter((one) => one.reason === reason)
  // However many came after it that nobody could verify.
  const trusted = all.find(({ verified_at }) => verified_at !== null)
  for (const one of all.slice(app.config.backupKeep)) if (one !== trusted) await removeKept(app, user, one.name)
}

export async function removeKept(app: App, user: User, name: string): Promise<void> {
  const { path } = await getKept(app, user, name)
  await rm(path)
  await rm(`${path}.json`, { force: true })
}

/** What is found is noted beside it. */
export async function verifyKept(app: App, user: User, name: string, signal?: AbortSignal): Promise<BackupCheck> {
  const { path, backup } = await getKept(app, user, name)
  const check = await verifyBackup(app, path, signal)
  const verified_at = check.ok ? app.now().toISOString() : null
  await writeNote(path, { ...noteOf(backup), verified_at, problem: check.problem })
  return check
}
