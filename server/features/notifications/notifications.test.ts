import { beforeEach, describe, expect, test } from 'vitest'
import type { Notification, NotificationType } from '../../../contract/notifications.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { inTransaction } from '../../database/transaction.ts'
import { notify } from './notifications.ts'

const t = useTestApp()

beforeEach(async () => {
  await t.app.pool.query('delete from notifications')
  await t.client.notifications.replacePreferences({ body: {} })
  t.setNow(null)
})

let told = 0
const tell = (type: NotificationType = 'application_updated', more: { cause?: string; title?: string } = {}) =>
  notify(t.app, t.app.localUser, {
    type,
    cause: `test ${told++}`,
    title: 'Something happened',
    body: 'This.',
    ...more,
  }) as Promise<Notification>
const client = () => t.client.notifications
const problemOf = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, ...((await response.json()) as { code: string; field_errors?: { field: string }[] }) }
}

describe('the list', () => {
  test('has what was told, newest first, and a page leads to the next', async () => {
    const made: Notification[] = []
    for (let n = 0; n < 5; n++) {
      t.setNow(`2026-11-2${n}T08:00:00.000Z`)
      made.push(await tell())
    }
    const first = await client().list({ query: { limit: 2 } })
    expect(first.items).toEqual([made[4], made[3]])
    expect(first.total).toEqual({ value: 5, relation: 'exact' })
    const second = await client().list({ query: { limit: 2, cursor: first.next_cursor as string } })
    expect(second.items).toEqual([made[2], made[1]])
    expect((await client().list({ query: { sort: 'seq' } })).items.map(({ id }) => id)).toEqual(made.map(({ id }) => id))
    expect((await client().list({ query: { after_seq: made[2]?.seq as number, sort: 'seq' } })).items).toEqual([made[3], made[4]])
  })

  test('is filtered by what is read, by type and by day in the time zone of the person', async () => {
    await t.client.settings.update({ body: { timezone: 'Pacific/Auckland' } })
    t.setNow('2026-11-21T10:59:59.000Z')
    const before = await tell('import_finished')
    t.setNow('2026-11-21T11:00:00.000Z')
    const after = await tell('export_ready')
    await client().update({ params: { id: before.id }, body: { read: true } })
    const ids = async (query: object) => (await client().list({ query })).items.map(({ id }) => id)
    expect(await ids({ read: true })).toEqual([before.id])
    expect(await ids({ read: false })).toEqual([after.id])
    expect(await ids({ type: ['import_finished', 'digest'] })).toEqual([before.id])
    expect(await ids({ from: '2026-11-22' })).toEqual([after.id])
    expect(await ids({ to: '2026-11-21' })).toEqual([before.id])
    await t.client.settings.update({ body: { timezone: 'UTC' } })
  })

  test('a cursor of another filter, and a type that does not exist, are refused', async () => {
    await tell()
    await tell()
    const { next_cursor } = await client().list({ query: { limit: 1 } })
    expect(await problemOf(t.send('GET', `/api/v1/notifications?read=false&cursor=${next_cursor}`))).toMatchObject({
      code: 'invalid_cursor',
    })
    expect(await problemOf(t.send('GET', '/api/v1/notifications?type=gossip'))).toMatchObject({ code: 'invalid_query' })
  })
})

describe('one notification', () => {
  test('is read, unread, and gone', async () => {
    const { id } = await tell()
    t.setNow('2026-11-22T08:00:00.000Z')
    expect(await client().update({ params: { id }, body: { read: true } })).toMatchObject({ read_at: '2026-11-22T08:00:00.000Z' })
    t.setNow('2026-11-22T09:00:00.000Z')
    expect(await client().update({ params: { id }, body: { read: true } })).toMatchObject({ read_at: '2026-11-22T08:00:00.000Z' })
    expect(await client().unreadCount()).toEqual({ unread: 0 })
    expect(await client().update({ params: { id }, body: { read: false } })).toMatchObject({ read_at: null })
    expect(await client().unreadCount()).toEqual({ unread: 1 })
    await client().delete({ params: { id } })
    expect((await t.send('DELETE', `/api/v1/notifications/${id}`)).status).toBe(404)
    expect((await t.send('GET', `/api/v1/notifications/${id}`)).status).toBe(404)
  })

  test('put away for later it is neither listed nor counted, and comes back unread', async () => {
    t.setNow('2026-11-22T08:00:00.000Z')
    const { id } = await tell()
    await client().update({ params: { id }, body: { read: true } })
    const snoozed = await client().update({ params: { id }, body: { snoozed_until: '2026-11-22T09:00:00.000Z' } })
    expect(snoozed).toMatchObject({ snoozed_until: '2026-11-22T09:00:00.000Z', read_at: null })
    expect((await client().list()).items).toEqual([])
    expect((await client().list({ query: { read: false } })).items).toEqual([])
    expect((await client().list({ query: { snoozed: 'only' } })).items).toEqual([snoozed])
    expect(await client().unreadCount()).toEqual({ unread: 0 })
    t.setNow('2026-11-22T09:00:00.000Z')
    expect((await client().list({ query: { read: false } })).items).toHaveLength(1)
    expect(await client().unreadCount()).toEqual({ unread: 1 })
  })

  test('is not put away into the past, and its other fields are not written', async () => {
    const { id } = await tell()
    const patch = (body: object) => problemOf(t.send('PATCH', `/api/v1/notifications/${id}`, { body }))
    expect(await patch({ snoozed_until: '2020-01-01T00:00:00.000Z' })).toMatchObject({
      status: 422,
      field_errors: [{ field: 'snoozed_until' }],
    })
    expect(await patch({ title: 'Mine' })).toMatchObject({ status: 422, field_errors: [{ field: 'title', code: 'read_only' }] })
  })
})

describe('many at once', () => {
  test('are marked by their ids, and the answer names those that are not there', async () => {
    const [one, two, three] = [await tell(), await tell(), await tell()]
    const nobodys = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
    const answer = await client().markRead({ body: { ids: [one.id, nobodys, two.id] } })
    expect(answer).toMatchObject({ total: 3, succeeded: 2, failed: 1, unread: 1, errors: [{ index: 1, id: nobodys, code: 'not_found' }] })
    expect((await client().list({ query: { read: false } })).items.map(({ id }) => id)).toEqual([three.id])
    expect(await client().markRead({ body: { ids: [one.id], read: false } })).toMatchObject({ succeeded: 1, unread: 2 })
  })

  test('are marked and deleted by a filter', async () => {
    await tell('import_finished')
    await tell('import_finished')
    await tell('digest')
    expect(await client().markRead({ body: { filter: { type: ['import_finished'] } } })).toMatchObject({ total: 2, unread: 1 })
    expect(await client().bulkDelete({ body: { filter: { read: true } } })).toMatchObject({ total: 2, succeeded: 2, unread: 1 })
    expect(await client().readAll()).toMatchObject({ total: 1, unread: 0 })
    expect(await client().bulkDelete({ body: { filter: {}, all: true } })).toMatchObject({ total: 1 })
    expect((await client().list()).total.value).toBe(0)
  })

  test.each([{}, { filter: {} }, { ids: [], read: true }, { ids: ['x'] }, { all: true, ids: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'] }])(
    'what does not say which is refused: %j',
    async (body) => {
      expect((await problemOf(t.send('POST', '/api/v1/notifications/mark-read', { body }))).status).toBe(422)
    },
  )
})

describe('preferences', () => {
  test('are the defaults until they are written, and what is left out goes back to them', async () => {
    const standard = await client().getPreferences()
    expect(standard).toMatchObject({
      channels: { in_app: true, email: false, push: false },
      interview_reminder_minutes: [1440, 60],
      quiet_hours: { enabled: false },
      digest: { frequency: 'off' },
    })
    const written = await client().replacePreferences({
      body: {
        types: { digest: { in_app: false } },
        interview_reminder_minutes: [30, 120, 30],
        quiet_hours: { enabled: true, from: '21:30', to: '06:00' },
      },
    })
    expect(written).toMatchObject({
      types: { digest: { in_app: false, email: true }, view_alert: { in_app: true } },
      interview_reminder_minutes: [120, 30],
      quiet_hours: { enabled: true, from: '21:30', to: '06:00', except_interviews: true },
    })
    expect(await client().getPreferences()).toEqual(written)
    expect(await client().replacePreferences({ body: written })).toEqual(written)
    expect(await client().replacePreferences({ body: {} })).toEqual(standard)
  })

  test.each([
    { types: { gossip: { in_app: true } } },
    { quiet_hours: { from: '25:00' } },
    { digest: { weekday: 8 } },
    { interview_reminder_minutes: [0] },
  ])('what cannot be is refused: %j', async (body) => {
    expect((await problemOf(t.send('PUT', '/api/v1/notifications/preferences', { body }))).status).toBe(422)
  })

  test('what is switched off is not told', async () => {
    await client().replacePreferences({ body: { types: { digest: { in_app: false } } } })
    expect(await tell('digest')).toBeNull()
    expect(await tell('import_finished')).not.toBeNull()
    await client().replacePreferences({ body: { channels: { in_app: false } } })
    expect(await tell('import_finished')).toBeNull()
  })
})

describe('telling', () => {
  test('the same cause is told once, however many try at once, and never again after it was deleted', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => tell('digest', { cause: 'the one' })))
    const [one, ...more] = made.filter((notification) => notification !== null)
    expect(more).toEqual([])
    await client().delete({ params: { id: one?.id as string } })
    expect(await tell('digest', { cause: 'the one' })).toBeNull()
  })

  test('goes with the transaction of its cause', async () => {
    const broken = inTransaction(t.app, async (app) => {
      await notify(app, t.app.localUser, { type: 'digest', cause: 'rolled back', title: 'Never', body: 'Never' })
      throw new Error('no')
    })
    await expect(broken).rejects.toThrow('no')
    expect((await client().list()).items).toEqual([])
    expect(await tell('digest', { cause: 'rolled back' })).not.toBeNull()
  })

  test('numbers are in the order of the commits: whoever sees one has seen all before it', async () => {
    const seen: number[][] = []
    let isDone = false
    const reading = (async () => {
      while (!isDone) {
        const { rows } = await t.app.pool.query<{ seq: number }>('select seq from notifications order by seq')
        seen.push(rows.map(({ seq }) => seq))
      }
    })()
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        inTransaction(t.app, async (app) => {
          await notify(app, t.app.localUser, { type: 'digest', cause: `in order ${n}`, title: 'x', body: 'x' })
          // The transaction stays open for a while after its number was given.
          await app.db.selectFrom('jobs').select('id').execute()
        }),
      ),
    )
    isDone = true
    await reading
    const all = (await client().list({ query: { sort: 'seq' } })).items.map(({ seq }) => seq)
    expect(all).toHaveLength(40)
    for (const numbers of seen) expect(numbers).toEqual(all.slice(0, numbers.length))
  })

  test('a test comes whatever is switched off; a channel that is not there says so', async () => {
    await client().replacePreferences({ body: { channels: { in_app: false } } })
    const answer = await t.send('POST', '/api/v1/notifications/test', { body: { channel: 'in_app' } })
    const made = (await answer.json()) as Notification
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`/api/v1/notifications/${made.id}`)
    expect(await client().get({ params: { id: made.id } })).toEqual(made)
    for (const channel of ['email', 'push'])
      expect(await problemOf(t.send('POST', '/api/v1/notifications/test', { body: { channel } }))).toMatchObject({ code: 'conflict' })
  })
})
