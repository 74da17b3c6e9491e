import { v7 as uuidv7 } from 'uuid'
import type { Channel } from '../../../contract/channels.ts'
import type { Notification, NotificationType } from '../../../contract/notifications.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintNotifications } from '../../live/live.ts'
import { getPreferences, isWanted } from './preferences.ts'
import { insertCause, insertNotification } from './queries.ts'
import { enqueue } from './sending/enqueue.ts'

export type News = {
  type: NotificationType
  /** What happened, as a key: the same cause is told once, whoever tells it again. */
  cause: string
  title: string
  body: string
  data?: Record<string, unknown>
  job_id?: string | null
  application_id?: string | null
  /** They did it themselves, before their own eyes: it is on record, does not ask to be looked at, and is not sent. */
  isSeen?: boolean
  /** By e-mail and push it takes the place of what is pending of the same topic. */
  topic?: string
  /** From then on there is no point in sending it. */
  pointlessAt?: string
  /** Of a test: the channel that is tested. */
  tests?: Channel
}

/**
 * Tells a person something, in the transaction of its cause: as the last thing in it, for the numbers of their notifications are
 * given out one transaction at a time. `more` are causes that it tells as well. Null: it has been told before, or they do not want to see it in the app.
 */
export function notify(app: App, user: User, news: News, more: readonly string[] = []): Promise<Notification | null> {
  return inTransaction(app, async (app) => {
    const now = app.now().toISOString()
    if (!(await insertCause(app.db, user.id, news.cause, now))) return null
    for (const cause of more) await insertCause(app.db, user.id, cause, now)
    const preferences = await getPreferences(app, user)
    const { type, title, body, data = {}, job_id = null, application_id = null, isSeen = false, tests } = news
    const wants = (channel: Channel) => (type === 'test' ? channel === 'in_app' || channel === tests : isWanted(preferences, type, channel))
    const said = { id: uuidv7(), type, title, body, data, job_id, application_id }
    if (!isSeen) await enqueue(app, user, preferences, { ...news, ...said, isInApp: wants('in_app') }, wants)
    if (!wants('in_app')) return null
    const notification = await insertNotification(app.db, user.id, { ...said, read_at: isSeen ? now : null, created_at: now })
    hintNotifications(app, user.id)
    return notification
  })
}
