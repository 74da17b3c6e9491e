import { expect, test } from 'vitest'
import type { Problem } from '../../../contract/problems.ts'
import type { Profile } from '../../../contract/profile.ts'
import { lockTable } from '../../../testing/lock-table.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const empty = {
  headline: null,
  skills: [],
  experience_level: null,
  years_experience: null,
  preferred_locations: [],
  remote_preference: null,
  job_types: [],
  desired_salary_min: null,
  salary_currency: null,
}
const full = {
  headline: 'Backend engineer 🛠',
  skills: [
    { name: 'C++', level: 5 },
    { name: '"quoted", {braced}', level: null },
  ],
  experience_level: 'senior' as const,
  years_experience: 6.5,
  preferred_locations: ['Lisbon', 'O\'Porto, "north"'],
  remote_preference: 'hybrid' as const,
  job_types: ['full_time' as const, 'contract' as const],
  desired_salary_min: 60_000,
  salary_currency: 'EUR',
}
const send = async (method: string, body: unknown) => {
  const answer = await t.send(method, '/api/v1/profile', { body })
  return { status: answer.status, body: (await answer.json()) as Profile & Pick<Problem, 'field_errors'> }
}

// Before any other: nothing was written yet.
test('there is always a profile: empty, and never written', async () => {
  expect(await t.client.profile.get()).toEqual({ ...empty, updated_at: null })
})

test('two first changes at the same time are both there', async () => {
  await readBeforeAnyWrites([
    () => t.client.profile.update({ body: { headline: 'x' } }),
    () => t.client.profile.update({ body: { years_experience: 1 } }),
    () => t.client.profile.update({ body: { job_types: ['contract'] } }),
  ])
  expect(await t.client.profile.get()).toMatchObject({ headline: 'x', years_experience: 1, job_types: ['contract'] })
})

test('PUT writes it anew: what is left out is reset', async () => {
  const written = await t.client.profile.replace({ body: full })
  expect(written).toEqual({ ...full, updated_at: expect.stringMatching(/Z$/) })
  expect(await t.client.profile.get()).toEqual(written)
  expect(await t.client.profile.replace({ body: { headline: 'Only this' } })).toMatchObject({ ...empty, headline: 'Only this' })
  expect(await t.client.profile.replace({ body: {} })).toMatchObject(empty)
})

test('PATCH merges: null clears, lists replace, what is left out stays', async () => {
  await t.client.profile.replace({ body: full })
  expect(await t.client.profile.update({ body: { headline: null, skills: [{ name: 'Go' }] } })).toMatchObject({
    ...full,
    headline: null,
    skills: [{ name: 'Go', level: null }],
  })
  const { body } = await send('PATCH', Object.fromEntries(Object.keys(empty).map((name) => [name, null])))
  expect(body).toMatchObject(empty)
  expect(await t.client.profile.update({ body: { job_types: ['contract', 'contract'] } })).toMatchObject({ job_types: ['contract'] })
})

test('what is wrong is refused by its name, and nothing is saved', async () => {
  const before = await t.client.profile.replace({ body: full })
  const wrong = {
    headline: 'x'.repeat(501),
    skills: [{ name: 'Go', level: 6 }, { name: '' }, { level: 1 }, { name: 'Go', years: 3 }, 'Go'],
    experience_level: 'guru',
    years_experience: -1,
    preferred_locations: 'Lisbon',
    remote_preference: 'moon',
    job_types: ['full_time', 'x'],
    desired_salary_min: '60000',
    salary_currency: 'EURO',
    updated_at: null,
    user_id: 'x',
  }
  for (const method of ['PUT', 'PATCH']) {
    const { status, body } = await send(method, wrong)
    expect(status).toBe(422)
    expect(body.field_errors?.map(({ field }) => field).toSorted()).toEqual(
      [
        'desired_salary_min',
        'experience_level',
        'headline',
        'job_types[1]',
        'preferred_locations',
        'remote_preference',
        'salary_currency',
        'skills[0].level',
        'skills[1].name',
        'skills[2].name',
        'skills[3].years',
        'skills[4]',
        'updated_at',
        'user_id',
        'years_experience',
      ].toSorted(),
    )
  }
  expect(await t.client.profile.get()).toEqual(before)
})

test('there is no way to make a second one or to delete it', async () => {
  for (const method of ['POST', 'DELETE']) {
    const answer = await t.send(method, '/api/v1/profile')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH, PUT'])
  }
})

/** Lets all of `changes` read what is there before any of them writes, if it lets itself. */
async function readBeforeAnyWrites(changes: (() => Promise<unknown>)[]): Promise<void> {
  const lock = await lockTable(t.app.config.databaseUrl as string, 'profiles', 'share row exclusive')
  const all = Promise.all(changes.map((change) => change()))
  await lock.untilWaiting(changes.length)
  await lock.release()
  await all
}
