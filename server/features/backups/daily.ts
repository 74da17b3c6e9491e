/** A backup of everybody, once a day. */

import type { App } from '../../app.ts'
import { asUser, forEverybody } from '../../database/row-security.ts'
import { AppError } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { notify } from '../notifications/notify.ts'
import { findKept, keepBackup } from './kept.ts'
import { countRecords } from './take-back.ts'

// A start has better things to do.
const firstLookAfterMs = 45_000
const looksEveryMs = 60 * 60_000
const dayMs = 24 * 60 * 60_000

/** Why the last one of somebody could not be made; by the pool, which every copy of an App shares. */
const failures = new WeakMap<App['pool'], Map<string, string>>()

/** Called once the server is made. */
export async function startBackups(app: App): Promise<() => Promise<void>> {
  if (!app.config.backups) return async () => {}
  const stopping = new AbortController()
  let looking = Promise.resolve()
  const look = () => {
    looking = backUpWhereDue(app, stopping.signal).catch((error: unknown) => app.log.error({ err: error }, 'no backups could be made'))
    void looking.then(() => lookIn(looksEveryMs))
  }
  let timer: NodeJS.Timeout
  const lookIn = (ms: number) => {
    if (!stopping.signal.aborted) timer = setTimeout(look, ms).unref()
  }
  lookIn(firstLookAfterMs)
  return async () => {
    stopping.abort()
    clearTimeout(timer)
    await looking
  }
}

/** An account without a job is left alone: nothing would be kept, and after some days of it nothing but that. */
export async function backUpWhereDue(app: App, signal?: AbortSignal): Promise<void> {
  const users = await forEverybody(() => app.db.selectFrom('users').select('id').orderBy('id').execute())
  for (const user of users) {
    if (signal?.aborted) return
    const due = await dueAt(app, user)
    if (due !== null && due > app.now().getTime()) continue
    await asUser(user, async () => {
      if ((await countRecords(app, user)).jobs > 0) await backUp(app, user, signal)
    })
  }
}

async function backUp(app: App, user: User, signal?: AbortSignal): Promise<void> {
  const told = failures.get(app.pool) ?? new Map<string, string>()
  failures.set(app.pool, told)
  try {
    const { name, bytes, problem } = await keepBackup(app, user, 'daily', signal)
    app.log.info({ user: user.id, backup: name, bytes }, 'made the daily backup')
    told.delete(user.id)
    if (problem) await tell(app, user, `It was made, but it cannot be relied on: ${problem}.`)
  } catch (error) {
    // Somebody else is at it, in this process or another.
    if (signal?.aborted || (error instanceof AppError && error.code === 'conflict')) return
    app.log.error({ err: error, user: user.id }, 'the daily backup could not be made')
    told.set(user.id, reasonOf(error))
    await tell(app, user, reasonOf(error))
  }
}

/** Once a day, however often it is tried. */
async function tell(app: App, user: User, body: string): Promise<void> {
  const cause = `backup_failed ${app.now().toISOString().slice(0, 10)}`
  await notify(app, user, { type: 'backup_failed', cause, title: 'The daily backup failed', body }).catch((error: unknown) =>
    app.log.error({ err: error }, 'nobody could be told that a backup failed'),
  )
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC') return 'The disk is full.'
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'The folder `backups` in DATA_DIR cannot be written to.'
  return 'Something went wrong; the server log has the cause.'
}

/** Null: there is none yet. One of the future was made when the clock was wrong. */
async function dueAt(app: App, user: User): Promise<number | null> {
  const now = app.now().getTime()
  const made = (await findKept(app, user)).filter(({ reason }) => reason === 'daily').map(({ created_at }) => Date.parse(created_at))
  const last = made.find((at) => at <= now)
  return last === undefined ? null : last + dayMs
}

export async function describeDaily(app: App, user: User) {
  const { backups: enabled, backupKeep: keep } = app.config
  const due = enabled ? await dueAt(app, user) : null
  const problem = failures.get(app.pool)?.get(user.id) ?? null
  return { enabled, keep, next_due_at: due === null ? null : new Date(due).toISOString(), problem }
}
