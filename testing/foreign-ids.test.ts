import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notify } from '../server/features/notifications/notifications.ts'
import { LiveSocket } from './live-socket.ts'
import {
  askAsDocumented,
  exampleOf,
  type Operation,
  type Place,
  pathOf,
  readOperations,
  type Sent,
  withIdAt,
} from './openapi-operations.ts'
import { accountsOn, makePerson, type Person } from './people.ts'
import { idsOf, sealsOf } from './rows-of.ts'
import { useSecondServer } from './second-server.ts'
import { type TestApp, useTestApp } from './test-app.ts'

/**
 * Everything of somebody else that has an id, a name, a cursor or a token is put wherever the OpenAPI document takes one, by somebody
 * who has an account at the same server, and by the one person of AUTH=off on the same database. New endpoints and new tables are in it
 * by themselves; it fails when there is nothing of hers to try one with.
 */

const server = useTestApp(accountsOn)
const withoutAccounts = useSecondServer(server, () => ({ AUTH: 'off', REMINDERS: 'off', BACKUPS: 'off' }))

let carla: Person
let her: { id: string }
let operations: Operation[]
/** One of each kind, by the name of its table. */
let ids: Record<string, string>
let backup: string
let archive: Blob
/** What only she may ever be shown. */
let secrets: RegExp

const anId = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
const isPublic = ({ security }: Operation) => security?.length === 0
const nameOf = ({ method, path }: Operation) => `${method} ${path}`
const parametersIn = ({ path }: Operation) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string)

/** Two of everything, so that every list goes on, through the front door where there is one. */
async function makeEverything(of: Person, owner: { id: string }): Promise<void> {
  const { client } = of
  await client.profile.update({ body: { headline: 'Hers' } })
  await client.settings.update({ body: { timezone: 'Asia/Tokyo' } })
  await client.notifications.replacePreferences({ body: { interview_reminder_minutes: [7] } })
  for (const n of [1, 2]) {
    const { id: job } = await client.jobs.create({ body: { company: `Hers ${n}`, title: 'Engineer', notes: 'Hers' } })
    const { id: application } = await client.applications.create({ body: { job_id: job, notes: 'Hers' } })
    const at = { params: { id: application } }
    await client.applications.addInterview({ ...at, body: { starts_at: '2990-01-02T08:00:00.000Z', place: 'Hers' } })
    const { id: event_id } = await client.applications.addEvent({ ...at, body: { to_status: 'applied', note: 'Hers' } })
    await client.applications.updateEvent({ params: { ...at.params, event_id }, body: { note: 'Hers again' } })
    await client.bulk.updateJobs({ body: { updates: [{ id: job, notes: `Hers, changed ${n}` }] } })
    await client.imports.create({ file: new Blob([`company,title\nHers,Imported ${n}\nHers,Too ${n}\n`]), body: {} })
    await client.tokens.create({ body: { name: 'Hers', scopes: ['read'] } })
    await client.views.create({ body: { name: `Hers ${n}`, kind: 'jobs', query: { q: 'Hers' } } })
    await client.admin.createInvite({ body: { email: `hers${n}@example.com` } })
    await notify(server.app, owner, { type: 'job_status_changed', cause: `hers ${n}`, title: 'Hers', body: 'Hers', job_id: job })
    // Made by what runs in the background, or for what is elsewhere.
    await server.app.pool.query(
      `insert into tasks (user_id, id, kind, status, total, result, work, owner, created_at)
       select user_id, gen_random_uuid(), 'bulk_update', 'completed', 1, '{"total":1,"succeeded":1,"failed":0,"errors":[]}', '{}', gen_random_uuid(), now()
       from jobs where id = $1`,
      [job],
    )
    await server.app.pool.query(
      `with subscribed as (
         insert into push_subscriptions (user_id, id, endpoint, p256dh, auth, device, created_at)
         values ($1, gen_random_uuid(), $2, 'x', 'x', 'Hers', now()) returning user_id, id
       )
       insert into deliveries (user_id, id, notification_id, is_in_app, channel, subscription_id, type, message, status, finished_at, created_at)
       select user_id, gen_random_uuid(), gen_random_uuid(), true, 'push', id, 'digest', '{}', 'sent', now(), now() from subscribed`,
      [owner.id, `https://push.example.com/${n}`],
    )
  }
}

beforeAll(async () => {
  // The first account, so an admin: where a query that forgot to ask for the user would find her.
  carla = await makePerson(server, 'carla@example.com')
  her = await carla.client.account.me()
  await makeEverything(carla, her)
  backup = (await carla.client.backups.create()).name
  archive = await (await carla.client.backups.download()).blob()
  const others = ({ method }: Operation) => method !== 'DELETE'
  // With a backup of nobody in particular: restored, hers would rightly become somebody else's.
  const nobody = await makePerson(server, 'nobody@example.com')
  operations = (await readOperations(nobody)).toSorted((a, b) => Number(others(b)) - Number(others(a)) || b.path.length - a.path.length)
  ids = { ...(await idsOf(server.app, her.id)), users: her.id }
  secrets = new RegExp(`Hers|Asia/Tokyo|2990-01-0|${backup}`)
})

test('there is something of hers of every kind that has an id: else make one above', () => {
  expect(Object.keys(ids).length).toBeGreaterThan(15)
  expect(Object.entries(ids).filter(([, id]) => id === '')).toEqual([])
})

/** Addresses with what is hers: what an `{id}` at the end may be the id of is not said, so it is each of them in turn. */
function addressesOf(operation: Operation): string[] {
  const names = parametersIn(operation)
  if (names.length === 0) return [operation.path]
  const own = (name: string) =>
    Object.entries(ids).find(([table]) => table === `${name.replace(/_id$/, '')}s` || table.endsWith(`_${name.replace(/_id$/, '')}s`))?.[1]
  const tries = names.at(-1) === 'name' ? [backup] : Object.values(ids)
  const parent = ids[operation.path.split('/')[3] as string] ?? anId
  return tries.map((id) => pathOf(operation, (name) => (name === names.at(-1) ? (own(name) ?? id) : parent)))
}

type Try = { operation: Operation; address: string; sent?: Sent }

const withBody = (operation: Operation, body: unknown): Sent => ({ ...exampleOf(operation), body: JSON.stringify(body) })

/** By whoever it is. What he sent he may be told again, and nothing else of hers. */
async function askFor(t: TestApp, { operation, address, sent = exampleOf(operation) }: Try) {
  const answer = await askAsDocumented(t, operation, address, sent)
  // A refusal repeats the address.
  expect(answer.text.replaceAll(address, ''), answer.said).not.toMatch(secrets)
  const said = `${address} ${typeof sent.body === 'string' ? sent.body : ''}`
  for (const [kind, id] of Object.entries(ids)) {
    if (!said.includes(id)) expect(answer.text.includes(id), `${kind}: ${answer.said}`).toBe(false)
  }
  return answer
}

const isRefusedByShape = ({ status, text }: { status: number; text: string }) =>
  [400, 415].includes(status) || (status === 422 && text.includes('"validation_failed"'))

/** Without a part of the example, or alone, where it does not go together with what the example has. */
async function tryAt(t: TestApp, operation: Operation, address: string, place: Place, id: string): Promise<boolean> {
  const example = operation.requestBody?.content['application/json']?.example ?? {}
  const parts = Object.entries(example)
  for (const around of [example, ...parts.map((part) => Object.fromEntries(parts.filter((one) => one !== part))), {}]) {
    const answer = await askFor(t, { operation, address, sent: withBody(operation, withIdAt(around, place, id)) })
    if (!isRefusedByShape(answer)) return true
  }
  return false
}

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const one of queue) await work(one)
    }),
  )
}

const filesOf = ({ id }: { id: string }) => readdir(join(server.app.config.dataDir, 'backups', id))

function sweep(who: () => TestApp, isAllowed: (operation: Operation) => boolean): void {
  let t: TestApp
  let before: unknown
  let hers: LiveSocket
  let mine: LiveSocket
  const all = () => operations.filter(isAllowed)
  const present = async () => ({ rows: await sealsOf(server.app, her.id), files: await filesOf(her) })
  beforeAll(async () => {
    t = who()
    before = await present()
    hers = new LiveSocket(server, carla.headers)
    await hers.hello(null)
    mine = new LiveSocket(t, t.headers)
    await mine.hello(0)
  })
  afterAll(async () => {
    for (const one of [hers, mine]) {
      one.socket.terminate()
      await one.ended
    }
  })

  test('in a path: it leads nowhere', async () => {
    const asked = all().filter((operation) => parametersIn(operation).length > 0)
    await inParallel(asked, async (operation) => {
      for (const address of addressesOf(operation)) {
        const { status, said } = await askFor(t, { operation, address })
        expect(operation.path.includes('/admin/') ? 403 : 404, said).toBe(status)
      }
    })
    expect(asked.length).toBeGreaterThan(25)
    expect(await present()).toEqual(before)
  })

  test('in a query: nothing is found', async () => {
    const asked = all().flatMap((operation) => operation.idParameters.map((name) => ({ operation, name })))
    await inParallel(asked, async ({ operation, name }) => {
      for (const id of Object.values(ids)) await askFor(t, { operation, address: `${pathOf(operation, () => anId)}?${name}=${id}` })
    })
    expect(asked.length).toBeGreaterThan(2)
    expect(await present()).toEqual(before)
  })

  test('in a body, wherever it takes an id: it is not there', async () => {
    const asked = all().flatMap((operation) => operation.idPlaces.map((place) => ({ operation, place })))
    const refused: string[] = []
    await inParallel(asked, async ({ operation, place }) => {
      const address = pathOf(operation, () => anId)
      const taken = await Promise.all(Object.values(ids).map((id) => tryAt(t, operation, address, place, id)))
      if (!taken.includes(true)) refused.push(`${nameOf(operation)}: ${place.join('.')}`)
    })
    expect(asked.length).toBeGreaterThan(10)
    // Else nothing was tried: an id belongs into a body that is taken but for it.
    expect(refused).toEqual([])
    expect(await present()).toEqual(before)
  })

  test('as a cursor: it is none', async () => {
    const asked = all().filter((operation) => operation.method === 'GET' && operation.parameters.some(({ name }) => name === 'cursor'))
    const ends: string[] = []
    for (const operation of asked) {
      let cursor: string | null = null
      for (const address of addressesOf(operation)) {
        const list = await carla.send('GET', `${address}?limit=1`)
        if (list.ok && list.headers.get('content-type')?.startsWith('application/json'))
          cursor ??= ((await list.json()) as { next_cursor: string | null }).next_cursor
        else await list.body?.cancel()
      }
      if (cursor === null) ends.push(nameOf(operation))
      else {
        const { status, said } = await askFor(t, { operation, address: `${pathOf(operation, () => anId)}?limit=1&cursor=${cursor}` })
        expect([400, 403, 404], said).toContain(status)
      }
    }
    expect(asked.length).toBeGreaterThan(10)
    expect(ends).toEqual([])
    expect(await present()).toEqual(before)
  })

  test('as an idempotency key: it is one’s own', async () => {
    const asked = all().filter(
      (operation) =>
        parametersIn(operation).length === 0 && operation.parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key'),
    )
    for (const operation of asked) {
      const key = { 'idempotency-key': `shared ${nameOf(operation)}`.replaceAll(' ', '_') }
      const once = exampleOf(operation)
      await askAsDocumented(carla, operation, operation.path, { ...once, headers: { ...once.headers, ...key } })
      const sent = exampleOf(operation)
      const answer = await fetch(`${t.url}${operation.path}`, {
        method: operation.method,
        ...sent,
        headers: { ...t.headers, ...sent.headers, ...key },
      })
      await answer.text()
      expect(answer.headers.get('idempotent-replayed'), `${nameOf(operation)} → ${answer.status}`).toBe(null)
    }
    expect(asked.length).toBeGreaterThan(8)
    before = await present()
  })

  test('over a live connection: nothing of hers was told, nor to her', async () => {
    const told = JSON.stringify(hers.received.filter(({ type }) => type !== 'ready'))
    // What she did herself under the keys.
    const own = JSON.stringify(await sealsOf(server.app, her.id))
    expect(own).not.toBe('')
    for (const message of mine.received) expect(JSON.stringify(message)).not.toMatch(new RegExp(`"(${Object.values(ids).join('|')})"`))
    const { rows } = await server.app.pool.query<{ id: string }>(
      `select id from jobs where user_id <> $1 and id not in (select id from jobs where user_id = $1)
       union select id from notifications where user_id <> $1`,
      [her.id],
    )
    for (const { id } of rows) expect(told).not.toContain(id)
    // So that it is known to tell at all.
    const cause = `live ${crypto.randomUUID()}`
    const news = await notify(server.app, her, { type: 'digest', cause, title: 'Hers', body: 'Hers' })
    await hers.next('notification', ({ notification }) => notification.id === news?.id)
    await mine.send({ type: 'ping' })
    await mine.next('pong')
    expect(JSON.stringify(mine.received)).not.toContain(news?.id)
    before = await present()
  })

  test('in a file: what is in it becomes one’s own, and hers stays', async () => {
    const items = [{ id: ids['jobs'], company: 'Mine now', title: 'Engineer', notes: 'Mine' }]
    const body = new FormData()
    body.append('on_duplicate', 'update')
    body.append('file', new Blob([JSON.stringify({ items })]), 'jobs.json')
    const imported = await fetch(`${t.url}/api/v1/imports`, { method: 'POST', body, headers: { ...t.headers } })
    expect(imported.status, await imported.text()).toBeLessThan(300)
    const restored = new FormData()
    restored.append('mode', 'merge')
    restored.append('file', archive, 'backup.zip')
    const answer = await fetch(`${t.url}/api/v1/imports/backup`, { method: 'POST', body: restored, headers: { ...t.headers } })
    expect(answer.status, await answer.text()).toBeLessThan(300)
    expect(await present()).toEqual(before)
  })
}

describe('somebody else who has signed in', () => {
  let t: Person
  beforeAll(async () => {
    t = await makePerson(server, 'me@example.com')
  })
  sweep(
    () => t,
    () => true,
  )
})

describe('the one person of AUTH=off, on the same database', () => {
  // Who keeps the server sees there which accounts it has.
  sweep(
    () => ({ ...server, ...withoutAccounts, headers: {} }),
    ({ path }) => !path.includes('/admin/'),
  )
})

test('she herself is led somewhere by each of these addresses: else nothing was tried there', async () => {
  const nowhere: string[] = []
  for (const operation of operations.filter((one) => parametersIn(one).length > 0 && !isPublic(one))) {
    const statuses = new Set<number>()
    for (const address of addressesOf(operation)) {
      // Neither her account nor her session, or she could not go on.
      const endsIt = operation.path.includes('/admin/users') && address.includes(her.id)
      const sent = endsIt ? withBody(operation, {}) : exampleOf(operation)
      statuses.add((await askAsDocumented(carla, operation, address, sent)).status)
    }
    if ([...statuses].every((status) => [400, 401, 403, 404].includes(status))) nowhere.push(`${nameOf(operation)} → ${[...statuses]}`)
  }
  expect(nowhere).toEqual([])
})
