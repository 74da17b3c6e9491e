import { expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import { defaultSettings } from '../../../contract/settings.ts'
import { lockTable } from '../../../testing/lock-table.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const change = async (body: unknown) => {
  const answer = await t.send('PATCH', '/api/v1/settings', { body })
  return { status: answer.status, fields: ((await answer.json()) as Problem).field_errors?.map(({ field }) => field) }
}

// Before any other: nothing was written yet.
test('there are always settings: the defaults, and never written', async () => {
  expect(await t.client.settings.get()).toEqual(defaultSettings)
  expect(defaultSettings).toMatchObject({ timezone: 'UTC', updated_at: null })
})

test('two first changes at the same time are both there', async () => {
  await readBeforeAnyWrites([
    () => t.client.settings.update({ body: { theme: 'dark' } }),
    () => t.client.settings.update({ body: { reminder_hour: 0 } }),
    () => t.client.settings.update({ body: { locale: 'pt-PT' } }),
  ])
  expect(await t.client.settings.get()).toMatchObject({ theme: 'dark', reminder_hour: 0, locale: 'pt-PT', timezone: 'UTC' })
})

test('PATCH merges, and every limit is allowed', async () => {
  const least = { reminder_hour: 0, daily_application_goal: 0, follow_up_after_days: 1, ghosted_after_days: 1, match_threshold: 0 }
  const most = { reminder_hour: 23, daily_application_goal: 100, follow_up_after_days: 365, ghosted_after_days: 730, match_threshold: 100 }
  for (const body of [least, most]) {
    await t.client.settings.update({ body })
    expect(await t.client.settings.get()).toMatchObject({ ...body, theme: 'dark' })
    for (const [name, value] of Object.entries(body)) {
      expect(await change({ [name]: body === least ? value - 1 : value + 1 })).toEqual({ status: 422, fields: [name] })
    }
  }
})

test('every time zone that can be set can be lived in, and no other', async () => {
  for (const timezone of ['Europe/Lisbon', 'America/Argentina/Buenos_Aires', 'Etc/GMT+12', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'UTC']) {
    expect(await t.client.settings.update({ body: { timezone } })).toMatchObject({ timezone })
    const found = await t.client.jobs.list({ query: { created_from: '2026-03-01', created_to: '2026-10-31' } })
    expect(found.total.value).toBe(0)
  }
  for (const timezone of [
    '',
    'Lisbon',
    'Europe/Atlantis',
    '+01:00',
    'GMT+1',
    'UTC+1',
    '../etc/passwd',
    'Europe/Lisbon\0',
    'x'.repeat(65),
    null,
    1,
  ]) {
    expect(await change({ timezone }), String(timezone)).toEqual({ status: 422, fields: ['timezone'] })
  }
})

test('what is wrong is refused by its name, and nothing is saved', async () => {
  const before = await t.client.settings.get()
  const wrong = {
    locale: 'en_GB',
    theme: 'blue',
    week_starts_on: 1,
    reminder_hour: 7.5,
    daily_application_goal: '1',
    follow_up_after_days: null,
    updated_at: null,
    colour: 'x',
  }
  const { status, fields } = await change(wrong)
  expect(status).toBe(422)
  expect(fields?.toSorted()).toEqual(Object.keys(wrong).toSorted())
  expect(await t.client.settings.get()).toEqual(before)
})

test('they can neither be replaced, made nor deleted', async () => {
  for (const method of ['PUT', 'POST', 'DELETE']) {
    const answer = await t.send(method, '/api/v1/settings')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH'])
  }
})

/** Lets all of `changes` read what is there before any of them writes, if it lets itself. */
async function readBeforeAnyWrites(changes: (() => Promise<unknown>)[]): Promise<void> {
  const lock = await lockTable(t.app.config.databaseUrl as string, 'settings', 'share row exclusive')
  const all = Promise.all(changes.map((change) => change()))
  await lock.untilWaiting(changes.length)
  await lock.release()
  await all
}
