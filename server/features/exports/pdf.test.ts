import { beforeAll, describe, expect, test } from 'vitest'
import type { ApplicationStatus } from '../../../contract/jobs.ts'
import { readPdf } from '../../../testing/read-pdf.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

type Kind = 'jobs' | 'applications'

async function pdf(kind: Kind, query: Record<string, unknown> = {}) {
  const response = await t.client.exports[kind]({ query: { ...query, format: 'pdf' } as never })
  return { ...(await readPdf(await response.arrayBuffer())), headers: response.headers }
}
const refusal = async (kind: Kind, query: string) => (await t.send('GET', `/api/v1/exports/${kind}?format=pdf&${query}`)).json()

type Steps = [status: ApplicationStatus, day: string][]

/** A job with an application that went through these steps. */
async function apply(company: string, title: string, steps: Steps, more: object = {}, own: object = {}): Promise<string> {
  const job = await t.client.jobs.create({ body: { company, title, ...more } })
  const [first, ...rest] = steps
  const { id } = await t.client.applications.create({
    body: { job_id: job.id, status: first![0], ...(first![0] === 'applied' ? { applied_on: first![1] } : {}), ...own },
  })
  for (const [to_status, occurred_on] of rest) await t.client.applications.addEvent({ params: { id }, body: { to_status, occurred_on } })
  return id
}

beforeAll(async () => {
  t.setNow('2026-11-22T09:00:00.000Z')
  const skills = { tech_stack: ['TypeScript', 'PostgreSQL'], source: 'LinkedIn' }
  await apply(
    'Marulho',
    'Platform Engineer',
    [
      ['applied', '2026-11-03'],
      ['screening', '2026-11-09'],
      ['rejected', '2026-11-20'],
    ],
    skills,
  )
  await apply(
    'Quillstone',
    'Data Engineer',
    [
      ['applied', '2026-11-01'],
      ['interview', '2026-11-12'],
      ['rejected', '2026-11-15'],
    ],
    {
      url: 'https://www.jobs.example/42',
      tech_stack: ['typescript'],
    },
  )
  await apply(
    'Papermoth',
    'Designer',
    [
      ['applied', '2025-12-30'],
      ['ghosted', '2026-02-20'],
    ],
    { source: 'Referral' },
  )
  await apply('Velotram', 'Product Engineer', [['applied', '2026-11-30']], skills, {
    contacts: [{ name: 'Ana Moreira', role: 'Recruiter', email: 'ana@velotram.example' }],
  })
  await apply('Ohrwald', 'Editor', [['interested', '2026-11-21']])
  await t.client.jobs.create({
    body: {
      company: 'Larkspell',
      title: 'Web Developer',
      salary_min: 60_000,
      salary_max: 75_000,
      salary_currency: 'EUR',
      salary_period: 'year',
    },
  })
}, 60_000)

describe('a report of applications', () => {
  test('has title, period, figures, charts, a table with the history in words, and numbered pages', async () => {
    const { pages, text, info, isTagged, size, headers } = await pdf('applications')
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('content-disposition')).toBe('attachment; filename="landed-applications-2026-11-22.pdf"')
    expect(info).toMatchObject({ Title: 'Job applications, 30 December 2025 – 30 November 2026', Author: 'Landed', Language: 'en' })
    expect(isTagged).toBe(true)
    expect(size.map(Math.round)).toEqual([595, 842])
    expect(text).toContain('Applications sent 4 of 5; 2 open')
    // by what was ever reached, not by how they stand now
    expect(text).toContain('Answered 50% 2 of 4')
    expect(text).toContain('Came to an interview 25% 1 of 4')
    expect(text).toContain('Came to an offer 0% 0 of 4')
    expect(text).toContain('Until an answer 8.5 days median of 2 answers')
    expect(text).toContain('Applications sent each month')
    expect(text).toContain('How far they came Applied Answered Interview Offer Accepted 4 2 · 50% 1 · 25% 0 · 0% 0 · 0%')
    expect(text).toContain('Skills asked for most TypeScript PostgreSQL 3 2')
    expect(text).toContain('5 applications Applied Company and role Status History')
    expect(text).toContain('Marulho Platform Engineer Rejected Applied 3 Nov · Screening 9 Nov · Rejected 20 Nov')
    expect(text).toContain('Ghosted Applied 30 Dec 2025 · Ghosted 20 Feb 2026')
    expect(text).toContain('not yet Ohrwald Editor Interested')
    expect(pages.map((page) => /page \d+ of \d+$/.exec(page)?.[0])).toEqual(pages.map((_, at) => `page ${at + 1} of ${pages.length}`))
    expect(text).toContain('Made with Landed on 22 November 2026')
  })

  test('has what the list with the same filter and sort has, and says so', async () => {
    const { text } = await pdf('applications', {
      status: ['rejected'],
      q: 'engineer',
      sort: '-applied_on',
      applied_from: '2026-11-01',
      applied_to: '2026-11-03',
    })
    expect(text).toContain('1 – 3 November 2026')
    expect(text).toContain('Selection: Search for “engineer” · Rejected')
    expect(text).toContain('2 applications')
    expect(text.indexOf('Marulho')).toBeLessThan(text.indexOf('Quillstone'))
    for (const other of ['Papermoth', 'Velotram', 'Ohrwald']) expect(text).not.toContain(other)
    const upwards = await pdf('applications', { status: ['rejected'], sort: 'applied_on' })
    expect(upwards.text.indexOf('Quillstone')).toBeLessThan(upwards.text.indexOf('Marulho'))
  })

  test('has the fields that were asked for as columns, and lies across the sheet where they are many', async () => {
    const few = await pdf('applications', { fields: ['title', 'contacts', 'applied_on'], status: ['applied'] })
    expect(few.text).toContain('1 application Role Contacts Applied Product Engineer Ana Moreira, Recruiter, ana@velotram.example 30 Nov')
    expect(few.text).not.toContain('History')
    expect(few.size[0]).toBeLessThan(few.size[1])
    const many = await pdf('applications', { fields: ['company', 'title', 'status', 'applied_on', 'response_on', 'history'] })
    expect(many.size[0]).toBeGreaterThan(many.size[1])
    expect(many.text).toContain('Role Status Applied Answered History')
  })

  test('of nothing is one page that says so', async () => {
    const { pages, text } = await pdf('applications', { q: 'nobody is called that' })
    expect(pages).toHaveLength(1)
    expect(text).toContain('No applications match this selection.')
    expect(text).toContain('Search for “nobody is called that”')
  })
})

describe('a report of jobs', () => {
  test('has its own figures, charts and columns', async () => {
    const { text, headers } = await pdf('jobs', { sort: 'company' })
    expect(headers.get('content-disposition')).toContain('landed-jobs-2026-11-22.pdf')
    expect(text).toContain('Jobs found 22 November 2026')
    expect(text).toContain('Jobs 6 in this selection Open 6 100% of all Applied to 4 67% of all')
    expect(text).toContain('Where they were found LinkedIn Referral 2 1')
    expect(text).toContain('22 Nov Larkspell Web Developer €60,000 – €75,000 a year Open')
    expect(text).toContain('Ohrwald Editor Interested')
  })

  test('holds no more than others could see of somebody else', async () => {
    await t.app.pool.query(`
      insert into users (id, created_at) values ('019a8f2e-7c1a-7d33-9e55-00000000000b', now());
      insert into jobs (user_id, id, company, title, tech_stack, source, created_at, updated_at)
      values ('019a8f2e-7c1a-7d33-9e55-00000000000b', gen_random_uuid(), 'Theirs Ltd', 'Engineer', '{Theirskill}', 'Theirsource', now(), now())`)
    const { text } = await pdf('jobs')
    expect(text).toContain('6 jobs')
    expect(text).not.toContain('Theirs')
  })
})

describe('a proof of search', () => {
  const proof = (query: object = {}) => pdf('applications', { layout: 'proof-of-search', ...query })

  test('has one line for each application, by week, and a place to sign', async () => {
    const { text, info } = await proof({ applied_from: '2026-11-01', applied_to: '2026-11-30' })
    expect(info.Title).toBe('Proof of job search, 1 – 30 November 2026')
    expect(text).toContain('3 applications in 3 weeks: 2 were answered, 1 led to an interview.')
    expect(text).toContain('Date Company Role Contact Channel Result')
    expect(text).toContain('1 November 2026 1 application Sun 1 Nov Quillstone Data Engineer jobs.example Rejected on 15 Nov')
    expect(text).toContain('2 – 8 November 2026 1 application Tue 3 Nov Marulho Platform Engineer LinkedIn Rejected on 20 Nov')
    expect(text).toContain(
      '30 November 2026 1 application Mon 30 Nov Velotram Product Engineer Ana Moreira ana@velotram.example LinkedIn No answer yet',
    )
    expect(text).toMatch(/I made the applications listed above on the days given\. Place and date Signature/)
  })

  test('takes both ends of its range in, and not a day more', async () => {
    expect((await proof({ applied_from: '2026-11-01', applied_to: '2026-11-03' })).text).toContain('2 applications in 2 weeks')
    expect((await proof({ applied_from: '2026-11-02', applied_to: '2026-11-29' })).text).toContain('1 application in 1 week')
    expect((await proof({ applied_from: '2026-11-04', applied_to: '2026-11-29' })).text).toContain('No applications match this selection.')
  })

  test('lists what was sent, oldest first unless asked otherwise, and says what it leaves out', async () => {
    const { text } = await proof()
    expect(text).toContain('Proof of job search 30 December 2025 – 30 November 2026')
    expect(text).toContain('1 job noted down but not applied to yet is not listed.')
    expect(text).not.toContain('Ohrwald')
    expect(text).toContain('Tue, 30 Dec 2025 Papermoth Designer Referral Never answered')
    expect(text.indexOf('Papermoth')).toBeLessThan(text.indexOf('Quillstone'))
    const downwards = await proof({ sort: '-applied_on' })
    expect(downwards.text.indexOf('Quillstone')).toBeLessThan(downwards.text.indexOf('Papermoth'))
  })
})

test('paper and dates are those of where the person lives, unless the paper is said', async () => {
  await t.client.settings.update({ body: { locale: 'en-US', week_starts_on: 'sunday' } })
  const us = await pdf('applications', { layout: 'proof-of-search', applied_from: '2026-11-01' })
  expect(us.size.map(Math.round)).toEqual([612, 792])
  expect(us.text).toContain('November 1 – 7, 2026 2 applications Sun, Nov 1 Quillstone')
  expect((await pdf('jobs', { paper: 'a4' })).size.map(Math.round)).toEqual([595, 842])
  await t.client.settings.update({ body: { locale: 'de-DE', week_starts_on: 'monday' } })
  const de = await pdf('jobs', { paper: 'letter' })
  expect(de.size.map(Math.round)).toEqual([612, 792])
  expect(de.text).toContain('60.000–75.000 € a year')
  await t.client.settings.update({ body: { locale: 'en-GB' } })
})

test.each([
  ['jobs', 'layout=proof-of-search', 'layout', 'for applications only'],
  ['applications', 'layout=poster', 'layout', 'must be report or proof-of-search'],
  ['applications', 'paper=a3', 'paper', 'must be a4 or letter'],
  ['applications', 'layout=proof-of-search&fields=company', 'fields', 'has columns of its own'],
  ['jobs', 'fields=id,company,title,location,url,source,notes,status,tags', 'fields', 'names 9; a page has room for 8'],
  ['applications', 'fields=salry', 'fields', 'cannot hold "salry"; known are id, job_id, company,'],
  ['applications', 'bom=true', 'bom', 'goes with format=csv only; pdf has none'],
  ['applications', 'limit=5', 'limit', 'goes with format=json only; a pdf file is always whole'],
] as const)('/exports/%s?format=pdf&%s is refused: %s %s', async (kind, query, field, message) => {
  expect(await refusal(kind, query)).toMatchObject({
    code: 'invalid_query',
    field_errors: [{ field, message: expect.stringContaining(message) }],
  })
})

test.each(['layout=report', 'paper=a4'])('%s goes with a PDF only', async (query) => {
  const response = await t.send('GET', `/api/v1/exports/applications?format=csv&${query}`)
  expect(await response.json()).toMatchObject({ code: 'invalid_query', detail: expect.stringContaining('goes with format=pdf only') })
})

test('more records than anybody leafs through are refused, with what to do instead', async () => {
  await t.app.pool.query(
    `insert into jobs (user_id, id, company, title, created_at, updated_at)
     select $1, gen_random_uuid(), 'Kvarnsten', 'Engineer ' || at, now(), now() from generate_series(1, 2001) at`,
    [t.app.localUser.id],
  )
  const response = await t.send('GET', '/api/v1/exports/jobs?format=pdf&company=kvarnsten')
  expect([response.status, await response.json()]).toMatchObject([
    422,
    { code: 'too_many_records', detail: expect.stringMatching(/more than the 2,000 jobs .* format=csv/) },
  ])
  expect((await pdf('jobs', { q: '"engineer 1234"' })).text).toContain('1 job')
})
