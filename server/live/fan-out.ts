import type { Logger } from 'pino'
import { z } from 'zod'
import { ServerMessage } from '../../contract/live.ts'

/** What the connections of a person should know. Only a hint: what is true is in the database, and a lost one does no harm for long. */
export const Hint = z.discriminatedUnion('kind', [
  /** There may be new notifications. */
  z.strictObject({ kind: z.literal('new'), user_id: z.uuid() }),
  /** Some were read, unread, deleted or put away. */
  z.strictObject({ kind: z.literal('changed'), user_id: z.uuid() }),
  /** A session or a token is no more, or the whole person may not be here. */
  z.strictObject({ kind: z.literal('signed_out'), user_id: z.uuid() }),
  z.strictObject({ kind: z.literal('message'), user_id: z.uuid(), message: ServerMessage }),
])
export type Hint = z.output<typeof Hint>

/** Carries hints between the processes that serve one database. */
export type FanOut = {
  /** To every other process. Does not wait, and never throws. */
  publish(hint: Hint): void
  /** `again`: hints arrive from here on, and may have been lost before. */
  listen(hear: (hint: Hint) => void, again: () => void): void
  /** Whether the hints of others arrive. If not, one must look. */
  isWhole(): boolean
  close(): Promise<void>
}

/** Redis carries them; without it nothing does, and processes find in the database what others wrote. */
export async function openFanOut(redisUrl: string | null, log: Pick<Logger, 'info' | 'warn'>): Promise<FanOut> {
  // Loaded where it is used only: a start without Redis need not wait for its driver.
  return redisUrl === null ? withinThisProcess : (await import('./redis.ts')).redisFanOut(redisUrl, log)
}

const withinThisProcess: FanOut = {
  publish: () => {},
  listen: () => {},
  isWhole: () => false,
  close: async () => {},
}
