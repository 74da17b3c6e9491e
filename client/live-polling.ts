import { liveReplayLimit } from '../contract/live.ts'
import { type Client, ProblemError } from './client.ts'
import type { Intake } from './live-intake.ts'

export type Asked = 'answered' | 'signed_out' | 'no_answer'

const pageSize = 200

/** Asks by plain requests for what a socket would have told. */
export async function poll(client: Client, intake: Intake, signal: AbortSignal): Promise<Asked> {
  try {
    // A count is exact for the place it is given for when nothing came after it was asked.
    for (let tries = 0, found = true; found && tries < 3; tries++) {
      const { unread } = await client.notifications.unreadCount({ signal })
      found = await readNotifications(client, intake, signal)
      if (!found) intake.setUnread(unread, intake.lastSeq ?? 0)
    }
    intake.polled()
    return 'answered'
  } catch (error) {
    return error instanceof ProblemError && error.problem.code === 'unauthenticated' ? 'signed_out' : 'no_answer'
  }
}

/** Whether there was anything. */
async function readNotifications({ notifications }: Client, intake: Intake, signal: AbortSignal): Promise<boolean> {
  // Also those that were put away meanwhile: a socket would have told them when they came.
  const snoozed = 'include' as const
  const readNewest = async () => (await notifications.list({ query: { sort: '-seq', limit: 1, snoozed }, signal })).items[0]?.seq ?? 0
  if (intake.lastSeq === null) {
    intake.lastSeq = await readNewest()
    return true
  }
  const from = intake.lastSeq
  for (let isFull = true; isFull; ) {
    const after_seq: number = intake.lastSeq
    const { items, total } = await notifications.list({ query: { sort: 'seq', after_seq, limit: pageSize, snoozed }, signal })
    if (total.value > liveReplayLimit) {
      intake.resync(await readNewest())
      return true
    }
    for (const notification of items) intake.takeNotification(notification)
    isFull = items.length === pageSize
  }
  return intake.lastSeq > from
}
