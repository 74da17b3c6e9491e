import { z } from 'zod'
import { Channel, channelEndpoints } from './channels.ts'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { BulkError } from './tasks.ts'

/** What Landed tells a person, where, and when it keeps quiet. */

/** What may be told; each can be switched off by itself. */
export const notificationTypes = [
  'job_status_changed',
  'application_status_changed',
  'application_updated',
  'interview_reminder',
  'follow_up_due',
  'deadline_near',
  'new_job_match',
  'view_alert',
  'application_silent',
  'import_finished',
  'export_ready',
  'bulk_finished',
  'backup_failed',
  'digest',
] as const
/** `test` is what POST /notifications/test makes: nobody switches that off. */
export const NotificationType = z.enum([...notificationTypes, 'test']).meta({ id: 'NotificationType', examples: ['interview_reminder'] })
export type NotificationType = z.output<typeof NotificationType>

export const Notification = z
  .strictObject({
    id: f.Id,
    seq: z
      .int()
      .meta({ description: 'Its place among yours, in the order in which they were saved; deleted ones leave gaps', examples: [17] }),
    type: NotificationType,
    title: z.string().meta({ examples: ['Interview in 1 hour: Northwind Labs'] }),
    body: z.string().meta({ examples: ['Platform Engineer, round 2, by video, at 10:00.'] }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The same for programs; what is in it depends on the type', examples: [{ minutes_before: 60 }] }),
    job_id: f.Id.nullable(),
    application_id: f.Id.nullable(),
    read_at: f.Instant.nullable(),
    snoozed_until: f.Instant.nullable().meta({ description: 'Until then it is neither listed nor counted', examples: [null] }),
    created_at: f.Instant,
  })
  .meta({ id: 'Notification' })
export type Notification = z.output<typeof Notification>

export const NotificationChanges = z
  .strictObject({
    read: z.boolean(),
    snoozed_until: f.Instant.nullable().meta({
      description: 'Put away until then; it comes back unread. `null` brings it back now.',
      examples: [null],
    }),
  })
  .partial()
  .meta({ id: 'NotificationChanges', examples: [{ read: true }] })
export type NotificationChanges = z.output<typeof NotificationChanges>

const types = f.many(NotificationType)
const filter = {
  read: f.QueryFlag,
  type: types,
  from: f.Day.optional().meta({ description: 'Made on this day or later, in your time zone', examples: ['2026-11-22'] }),
  to: f.Day.optional(),
  after_seq: f
    .queryInteger(0, 2_147_483_647)
    .optional()
    .meta({ description: 'Only those with a greater `seq`', examples: [16] }),
  snoozed: z.enum(['only', 'include']).optional().meta({ description: 'Those put away for later are left out unless asked for' }),
}
export const NotificationFilter = z
  .strictObject({ ...filter, read: z.boolean().optional() })
  .meta({ id: 'NotificationFilter', examples: [{ type: ['import_finished'] }] })
export type NotificationFilter = z.output<typeof NotificationFilter>

export const NotificationSort = f.sortOf(['created_at', 'seq'] as const)
export type NotificationSort = z.output<typeof NotificationSort>

const saysSomething = (sent: object) => Object.values(sent).some((value) => value !== undefined)
type Sent = { ids?: unknown; filter?: object | undefined; all?: boolean | undefined }
function refuseUnclear({ ids, filter, all }: Sent, context: z.core.$RefinementCtx): void {
  const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
  if (!ids && !filter) refuse('ids', 'is needed: say which notifications are meant by ids or filter')
  if (ids && filter) refuse('filter', 'cannot be sent together with ids')
  if (all !== undefined && !filter) refuse('all', 'goes with filter only')
  if (filter && !saysSomething(filter) && all !== true)
    refuse('filter', 'leaves nothing out, so it means every notification. If that is what you want, send "all": true with it')
}
const selection = {
  ids: z
    .array(f.Id)
    .min(1)
    .max(10_000)
    .optional()
    .meta({ examples: [['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e']] }),
  filter: NotificationFilter.optional(),
  all: z.boolean().optional().meta({ description: 'Needed with a filter that leaves nothing out, such as `{}`' }),
}
const exampleIds = ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e']

export const NotificationMark = z
  .strictObject({ ...selection, read: z.boolean().default(true) })
  .superRefine(refuseUnclear)
  .meta({ id: 'NotificationMark', examples: [{ ids: exampleIds, read: true }] })
export type NotificationMark = z.output<typeof NotificationMark>
export const NotificationSelection = z
  .strictObject(selection)
  .superRefine(refuseUnclear)
  .meta({ id: 'NotificationSelection', examples: [{ ids: exampleIds }] })
export type NotificationSelection = z.output<typeof NotificationSelection>

export const NotificationsChanged = z
  .strictObject({
    total: z.int().meta({ description: 'How many were meant = succeeded + failed', examples: [1] }),
    succeeded: z.int().meta({ examples: [1] }),
    failed: z.int().meta({ examples: [0] }),
    errors: z.array(BulkError).meta({ description: 'Ids that lead to none', examples: [[]] }),
    unread: z.int().meta({ description: 'How many are unread now', examples: [4] }),
  })
  .meta({ id: 'NotificationsChanged' })
export type NotificationsChanged = z.output<typeof NotificationsChanged>

// --- preferences ---

/** What is wanted of a type until a person says otherwise: e-mail and push for what cannot wait. */
const pressing: readonly string[] = ['interview_reminder', 'backup_failed', 'digest']
const perType = (name: string) => {
  const flags = { in_app: true, email: pressing.includes(name), push: pressing.includes(name) }
  return z
    .strictObject({
      in_app: z.boolean().default(flags.in_app),
      email: z.boolean().default(flags.email),
      push: z.boolean().default(flags.push),
    })
    .default(flags)
}
const Clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 22:00')
  .meta({ examples: ['22:00'] })

const typeFlags = Object.fromEntries(notificationTypes.map((name) => [name, perType(name)])) as Record<
  (typeof notificationTypes)[number],
  ReturnType<typeof perType>
>
const noChannels = { in_app: true, email: false, push: false }
const noQuiet = { enabled: false, from: '22:00', to: '07:00', except_interviews: true }
const noDigest = { frequency: 'off' as const, hour: 8, weekday: 1 }

/** PUT resets what is left out, so every part has a default. */
export const NotificationPreferences = z
  .strictObject({
    channels: z
      .strictObject({
        in_app: z.boolean().default(noChannels.in_app),
        email: z.boolean().default(noChannels.email),
        push: z.boolean().default(noChannels.push),
      })
      .default(noChannels)
      .meta({ description: 'A channel that is off is off for every type' }),
    email_address: z
      .email('must be an e-mail address such as ana@example.com')
      .max(254)
      .nullable()
      .default(null)
      .meta({
        description:
          'Where e-mail goes on a server without accounts. With accounts it is null and stays so: mail goes to the address that the account confirmed.',
        examples: [null],
      }),
    types: z.strictObject(typeFlags).prefault({}).meta({ description: 'By type and channel' }),
    interview_reminder_minutes: z
      .array(z.int().min(1).max(20_160))
      .max(10)
      .transform((minutes) => [...new Set(minutes)].sort((a, b) => b - a))
      .default([1440, 60])
      .meta({ description: 'So many minutes before an interview; `[]`: no reminder', examples: [[1440, 60]] }),
    quiet_hours: z
      .strictObject({
        enabled: z.boolean().default(noQuiet.enabled),
        from: Clock.default(noQuiet.from),
        to: Clock.default(noQuiet.to),
        except_interviews: z
          .boolean()
          .default(noQuiet.except_interviews)
          .meta({ description: 'Reminders of interviews come all the same' }),
      })
      .default(noQuiet)
      .meta({
        description:
          'In your time zone: sending waits until they are over; the notification is in the list at once. From and to alike: none.',
      }),
    digest: z
      .strictObject({
        frequency: z.enum(['off', 'daily', 'weekly']).default(noDigest.frequency),
        hour: z.int().min(0).max(23).default(noDigest.hour),
        weekday: z
          .int()
          .min(1)
          .max(7)
          .default(noDigest.weekday)
          .meta({ description: '1 is Monday, 7 is Sunday', examples: [1] }),
      })
      .default(noDigest),
  })
  .meta({ id: 'NotificationPreferences' })
export type NotificationPreferences = z.output<typeof NotificationPreferences>

export const defaultPreferences: NotificationPreferences = NotificationPreferences.parse({})

const byId = z.strictObject({ id: f.Id })

export const notifications = {
  list: {
    method: 'GET',
    path: '/notifications',
    summary: 'List notifications',
    access: 'read',
    query: z.strictObject({ ...filter, ...f.page, sort: NotificationSort.default('-created_at') }),
    returns: f.listOf(Notification).meta({ id: 'NotificationList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  unreadCount: {
    method: 'GET',
    path: '/notifications/unread-count',
    summary: 'Count what is unread',
    access: 'read',
    returns: z.strictObject({ unread: z.int().meta({ examples: [4] }) }).meta({ id: 'UnreadCount' }),
    status: 200,
  },
  markRead: {
    method: 'POST',
    path: '/notifications/mark-read',
    summary: 'Mark many as read or unread',
    access: 'write',
    body: NotificationMark,
    returns: NotificationsChanged,
    status: 200,
  },
  readAll: {
    method: 'POST',
    path: '/notifications/read-all',
    summary: 'Mark all as read',
    description: 'But for those put away for later.',
    access: 'write',
    returns: NotificationsChanged,
    status: 200,
  },
  bulkDelete: {
    method: 'POST',
    path: '/notifications/bulk-delete',
    summary: 'Delete many notifications',
    access: 'write',
    body: NotificationSelection,
    returns: NotificationsChanged,
    status: 200,
  },
  getPreferences: {
    method: 'GET',
    path: '/notifications/preferences',
    summary: 'Read what you want to be told, and where',
    access: 'read',
    returns: NotificationPreferences,
    status: 200,
  },
  replacePreferences: {
    method: 'PUT',
    path: '/notifications/preferences',
    summary: 'Say what you want to be told, and where',
    description: 'What is left out goes back to its default.',
    access: 'write',
    body: NotificationPreferences,
    returns: NotificationPreferences,
    status: 200,
  },
  test: {
    method: 'POST',
    path: '/notifications/test',
    summary: 'Send yourself a test',
    description:
      'It shows whether a channel works, whatever you chose to be told. A channel by which nothing can be sent is a `409` that says what is missing. What came of it is at `/notifications/deliveries`.',
    access: 'write',
    body: z.strictObject({ channel: Channel.default('in_app').meta({ examples: ['in_app'] }) }).meta({ id: 'NotificationTest' }),
    returns: Notification,
    status: 201,
    location: '/notifications/{id}',
    idempotent: true,
    problems: ['conflict'],
  },
  ...channelEndpoints,
  get: {
    method: 'GET',
    path: '/notifications/{id}',
    summary: 'Read a notification',
    access: 'read',
    params: byId,
    returns: Notification,
    status: 200,
    problems: ['not_found'],
  },
  update: {
    method: 'PATCH',
    path: '/notifications/{id}',
    summary: 'Mark a notification read or unread, or put it away for later',
    access: 'write',
    params: byId,
    body: NotificationChanges,
    returns: Notification,
    status: 200,
    problems: ['not_found'],
  },
  delete: {
    method: 'DELETE',
    path: '/notifications/{id}',
    summary: 'Delete a notification',
    access: 'write',
    params: byId,
    status: 204,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
