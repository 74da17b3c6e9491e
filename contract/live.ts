/** Every message of `/ws/notifications`, in both directions: JSON, one object a message. */
import { z } from 'zod'
import * as f from './fields.ts'
import { ImportStatus } from './imports.ts'
import { Notification } from './notifications.ts'
import { TaskKind, TaskStatus } from './tasks.ts'

export const livePath = '/ws/notifications'

/** So many missed notifications are sent after one another; of more, the client is told to read the list again. */
export const liveReplayLimit = 500

const Seq = z.int().min(0)

export const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('auth'), token: z.string().max(500) }),
  /** What it has seen; null: only what comes from now on. */
  z.strictObject({ type: z.literal('hello'), last_seq: Seq.nullable() }),
  z.strictObject({ type: z.literal('ack'), seq: Seq }),
  z.strictObject({ type: z.literal('ping') }),
])
export type ClientMessage = z.output<typeof ClientMessage>

export const ServerMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), seq: Seq, unread: z.int() }),
  z.strictObject({ type: z.literal('notification'), seq: Seq, notification: Notification }),
  /** Read, unread, deleted or put away, somewhere else or here. */
  z.strictObject({ type: z.literal('notifications_changed'), unread: z.int() }),
  /** Too much was missed, or `last_seq` is not of this server: read the list again. */
  z.strictObject({ type: z.literal('resync'), seq: Seq }),
  z.strictObject({ type: z.literal('import_progress'), id: f.Id, status: ImportStatus, processed: z.int(), total: z.int() }),
  z.strictObject({
    type: z.literal('task_progress'),
    id: f.Id,
    kind: TaskKind,
    status: TaskStatus,
    processed: z.int(),
    total: z.int(),
  }),
  /** `version` is null when the record is gone. */
  z.strictObject({ type: z.literal('record_changed'), kind: z.enum(['job', 'application']), id: f.Id, version: z.int().nullable() }),
  z.strictObject({ type: z.literal('pong') }),
])
export type ServerMessage = z.output<typeof ServerMessage>

/** Why the server ended a connection. */
export const closeCodes = {
  goingAway: 1001,
  badMessage: 4400,
  notSignedIn: 4401,
  tooSlow: 4408,
  tooManyConnections: 4429,
} as const
