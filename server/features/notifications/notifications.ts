import type { RawBuilder } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Channel } from '../../../contract/channels.ts'
import type {
  Notification,
  NotificationChanges,
  NotificationFilter,
  NotificationMark,
  NotificationSelection,
  NotificationSort,
  NotificationsChanged,
} from '../../../contract/notifications.ts'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { inTransaction } from '../../database/transaction.ts'
import { conflict, invalid, notFound } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintChanged } from '../../live/live.ts'
import { together } from '../../live/together.ts'
import { getSettings } from '../settings/settings.ts'
import { startReminding } from './clock.ts'
import { notify } from './notify.ts'
import {
  type AskedAfter,
  countUnread,
  deleteNotifications,
  findAfter,
  findAhead,
  findNotification,
  findStandings,
  listNotifications,
  lockNotifications,
  notificationsWhere,
  setNotification,
  setReadAt,
  withIds,
} from './queries.ts'
import { getChannels } from './sending/channels.ts'
import { startSending } from './sending/sender.ts'

export { notify } from './notify.ts'

type Query = NotificationFilter & { sort: NotificationSort; limit: number; cursor?: string | undefined }

export async function findNotifications(app: App, user: User, { sort, limit, cursor, ...filter }: Query) {
  return listNotifications(app.db, await whereOf(app, user, filter), {
    sort,
    limit,
    cursor,
    boundTo: [user.id, 'notifications', filter, sort],
  })
}

async function whereOf(app: App, user: User, filter: NotificationFilter): Promise<RawBuilder<unknown>> {
  const needsZone = filter.from !== undefined || filter.to !== undefined
  const timezone = needsZone ? (await getSettings(app, user)).timezone : 'UTC'
  return notificationsWhere(user.id, filter, { timezone, now: app.now().toISOString() })
}

export async function getNotification(app: App, user: User, id: string): Promise<Notification> {
  const notification = await findNotification(app.db, user.id, id)
  if (!notification) throw notFound('notification')
  return notification
}

export const getUnreadCount = async (app: App, user: User) => ({ unread: await countUnread(app.db, user.id, app.now().toISOString()) })

export function changeNotification(app: App, user: User, id: string, { read, snoozed_until }: NotificationChanges): Promise<Notification> {
  return inTransaction(app, async (app) => {
    const now = app.now().toISOString()
    if (snoozed_until && snoozed_until <= now)
      throw invalid({ field: 'snoozed_until', code: 'invalid_value', message: `must be in the future; it is ${now} now` })
    await lockNotifications(app.db, withIds(user.id, [id]))
    const present = await getNotification(app, user, id)
    const changes: Partial<Pick<Notification, 'read_at' | 'snoozed_until'>> = {}
    if (snoozed_until !== undefined) changes.snoozed_until = snoozed_until
    if (snoozed_until) changes.read_at = null
    if (read !== undefined) changes.read_at = read ? (present.read_at ?? now) : null
    if (Object.keys(changes).length === 0) return present
    await setNotification(app.db, user.id, id, changes)
    hintChanged(app, user.id)
    return { ...present, ...changes }
  })
}

export function markRead(app: App, user: User, { read, ...selection }: NotificationMark): Promise<NotificationsChanged> {
  return changeMany(app, user, selection, (app, where) => setReadAt(app.db, where, read ? app.now().toISOString() : null))
}

export const markAllRead = (app: App, user: User) => markRead(app, user, { filter: {}, read: true })

export const deleteMany = (app: App, user: User, selection: NotificationSelection) =>
  changeMany(app, user, selection, (app, where) => deleteNotifications(app.db, where))

function changeMany(
  app: App,
  user: User,
  { ids, filter = {} }: NotificationSelection,
  change: (app: App, where: RawBuilder<unknown>) => Promise<void>,
): Promise<NotificationsChanged> {
  return inTransaction(app, async (app) => {
    const found = await lockNotifications(app.db, ids ? withIds(user.id, ids) : await whereOf(app, user, filter))
    await change(app, withIds(user.id, found))
    if (found.length > 0) hintChanged(app, user.id)
    const known = new Set(found)
    const errors = (ids ?? []).flatMap((id, index) => (known.has(id) ? [] : [{ index, id, ...gone, field_errors: [] }]))
    const total = ids?.length ?? found.length
    return { total, succeeded: total - errors.length, failed: errors.length, errors, ...(await getUnreadCount(app, user)) }
  })
}

const gone = { code: 'not_found', message: notFound('notification').message }

export function deleteNotification(app: App, user: User, id: string): Promise<void> {
  return inTransaction(app, async (app) => {
    const found = await lockNotifications(app.db, withIds(user.id, [id]))
    if (found.length === 0) throw notFound('notification')
    await deleteNotifications(app.db, withIds(user.id, found))
    hintChanged(app, user.id)
  })
}

// Few at once: a reader a person would take every connection when all are told something.
const readTogether = { most: 50, atOnce: 3 }

/** What those who are connected are told from, what tells when something is due, and what sends it. */
export async function startNotifications(app: App): Promise<() => Promise<void>> {
  const standing = together((userIds: readonly string[]) => forEverybody(() => findStandings(app.db, userIds, app.now().toISOString())), {
    keyOf: (userId) => userId,
    ...readTogether,
  })
  const after = together((asked: readonly AskedAfter[]) => forEverybody(() => findAfter(app.db, asked)), {
    keyOf: ({ user_id, seq, limit }) => `${user_id} ${seq} ${limit}`,
    ...readTogether,
  })
  app.live.source = {
    standing,
    ahead: (seen) => forEverybody(() => findAhead(app.db, seen)),
    after: (user_id, seq, limit) => after({ user_id, seq, limit }),
  }
  const stopReminding = startReminding(app)
  const stopSending = startSending(app)
  return async () => {
    await stopReminding()
    await stopSending()
    app.live.source = null
  }
}

const tested = { in_app: 'notifications in Landed', email: 'e-mail', push: 'push' }

/** Goes out whatever the preferences say: it is asked for. */
export async function sendTest(app: App, user: User, channel: Channel): Promise<Notification> {
  const { reason } = (await getChannels(app, user))[channel]
  if (reason !== null) throw conflict(reason)
  const sent = await notify(app, user, {
    type: 'test',
    cause: `test ${uuidv7()}`,
    title: 'This is a test',
    body: `You see it, so ${tested[channel]} ${channel === 'in_app' ? 'work' : 'works'}.`,
    data: { channel },
    tests: channel,
  })
  return sent as Notification
}
