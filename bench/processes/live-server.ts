/**
 * The real server with somebody inside who writes, as imports and reminders do: told what to do over the channel to its parent,
 * so that nobody's HTTP is measured along.
 */
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { inTransaction } from '../../server/database/transaction.ts'
import { notify } from '../../server/features/notifications/notifications.ts'
import { createToken } from '../../server/features/tokens/tokens.ts'
import { hintNotifications } from '../../server/live/live.ts'
import { startServer } from '../../server/server.ts'
import type { LiveServerActs } from '../measure-live.ts'
import { answerParent } from './answer-parent.ts'

const app = await createApp(readConfig(process.env), { log: pino({ level: 'error' }) })
const server = await startServer(app)
const now = () => performance.timeOrigin + performance.now()
let told = 0
const tell = (id: string) =>
  notify(app, { id }, { type: 'follow_up_due', cause: `bench ${told++}`, title: 'Follow up: Northwind Labs', body: 'It has been a week.' })

/** The same for everybody, `times` over, in one transaction. */
const tellAll = (times: number) =>
  inTransaction(app, async (app) => {
    const { rows } = await sql<{ user_id: string }>`
      with counters as (
        insert into notification_counters (user_id, last_seq) select id, ${times}::int from users where not is_local
        on conflict (user_id) do update set last_seq = notification_counters.last_seq + excluded.last_seq returning user_id, last_seq
      ), made as (
        insert into notifications (user_id, id, seq, type, title, body, data, created_at)
        select user_id, gen_random_uuid(), last_seq - n, 'follow_up_due', 'Follow up: Northwind Labs', 'It has been a week.', '{}', now()
        from counters, generate_series(0, ${times}::int - 1) as n
      )
      select user_id from counters`.execute(app.db)
    for (const { user_id } of rows) hintNotifications(app, user_id)
    return rows.length * times
  })

answerParent<LiveServerActs>({
  url: async () => server.url,
  people: async (count) => {
    const people: { id: string; token: string }[] = []
    for (let n = 0; n < count; n++) {
      const id = uuidv7()
      await app.pool.query('insert into users (id, email, is_local, created_at) values ($1, $2, false, now())', [id, `${id}@example.com`])
      const { token } = await createToken(app, { id }, { name: 'bench', scopes: ['read'], expires_at: null })
      people.push({ id, token })
    }
    return people
  },
  one: async (id) => {
    await tell(id)
    return now()
  },
  all: async (times) => ({ written: await tellAll(times), at: now() }),
  /** Spread evenly over people and time; without a rate, as fast as it goes. */
  write: async ({ ids, seconds, perSecond }) => {
    const began = performance.now()
    let written = 0
    const atOnce = 16
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (;;) {
          const at = written++
          const due = perSecond === null ? performance.now() : began + (at * 1_000) / perSecond
          if (due - began >= seconds * 1_000) break
          const wait = due - performance.now()
          if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
          await tell(ids[at % ids.length] as string)
        }
      }),
    )
    return { written: written - atOnce, tookMs: performance.now() - began }
  },
  stop: async () => {
    await server.stop()
    await app[Symbol.asyncDispose]()
  },
})
