import { expect, test } from 'vitest'
import { type KnownJob, type Settling, settle } from './settle.ts'

const row = (number: number, more: Partial<Settling> = {}): Settling => ({
  row: number,
  job_id: null,
  is_named: false,
  new_job_id: `new${number}`,
  location_key: '',
  url_key: null,
  applied_on: null,
  is_open: true,
  ...more,
})
const job = (id: string, applications: [applied_on: string | null, is_open: boolean][], more: Partial<KnownJob> = {}): KnownJob => ({
  id,
  location_key: '',
  url_key: null,
  applications: applications.map(([applied_on, is_open], at) => ({ id: `${id}.${at}`, applied_on, is_open })),
  ...more,
})
const options = { policy: 'skip', createJobs: true } as const
const told = (rows: Settling[], jobs: KnownJob[] = [], more: object = {}, claimed: string[] = []) =>
  settle(rows, jobs, new Set(claimed), { ...options, ...more }).map(({ outcome, code, other_row, job_id, application_id, is_new_job }) =>
    [outcome, job_id, application_id, is_new_job ? 'new job' : null, code, other_row].filter((part) => part !== null).join(' '),
  )

test('without a job: it is added, or refused', () => {
  expect(told([row(2)])).toEqual(['created new2 new job'])
  expect(told([row(2)], [], { createJobs: false })).toEqual(['failed no_job'])
})

test('a job without an application gets one', () => {
  expect(told([row(2)], [job('a', [])], { createJobs: false })).toEqual(['created a'])
})

test('the same day, or a day that is not known, is the same application', () => {
  const jobs = [job('a', [['2026-01-05', true]])]
  expect(told([row(2, { applied_on: '2026-01-05' })], jobs)).toEqual(['matched a a.0'])
  expect(told([row(2)], jobs)).toEqual(['matched a a.0'])
  expect(told([row(2, { applied_on: '2026-01-05' })], [job('a', [[null, false]])])).toEqual(['matched a a.0'])
  expect(told([row(2, { applied_on: '2026-01-05' })], jobs, { policy: 'create' })).toEqual(['created new2 new job second_application'])
})

test('another day: beside one that is open a second job, after one that is closed the same job', () => {
  const later = row(2, { applied_on: '2026-03-01' })
  expect(told([later], [job('a', [['2026-01-05', true]])])).toEqual(['created new2 new job second_application'])
  expect(told([later], [job('a', [['2026-01-05', true]])], { createJobs: false })).toEqual(['failed application_already_open'])
  expect(told([later], [job('a', [['2026-01-05', false]])])).toEqual(['created a'])
})

test('rows of one file see each other', () => {
  expect(
    told([
      row(2, { applied_on: '2026-01-01', is_open: false }),
      row(3, { applied_on: '2026-02-01' }),
      row(4, { applied_on: '2026-03-01' }),
    ]),
  ).toEqual(['created new2 new job', 'created new2', 'created new4 new job second_application 3'])
  expect(told([row(2, { applied_on: '2026-01-01' }), row(3, { applied_on: '2026-01-01' })])).toEqual([
    'created new2 new job',
    'created new3 new job same_key 2',
  ])
})

test('a record is claimed once', () => {
  const jobs = [job('a', [['2026-01-05', true]])]
  expect(told([row(2), row(3)], jobs)).toEqual(['matched a a.0', 'created new3 new job second_application'])
  expect(told([row(3)], jobs, {}, ['a.0'])).toEqual(['created new3 new job second_application'])
})

test('places that differ are different jobs; one that is not told may be any', () => {
  const jobs = [job('a', [], { location_key: 'lisbon' }), job('b', [], { location_key: 'porto' })]
  expect(told([row(2, { location_key: 'porto' })], jobs)).toEqual(['created b'])
  expect(told([row(2, { location_key: 'oslo' })], jobs)).toEqual(['created new2 new job'])
  expect(told([row(2), row(3)], jobs)).toEqual(['created a', 'created b'])
})

test('postings with numbers of their own are different jobs', () => {
  const jobs = [job('a', [], { url_key: 'linkedin:1' })]
  expect(told([row(2, { url_key: 'linkedin:2' })], jobs)).toEqual(['created new2 new job'])
  expect(told([row(2, { url_key: 'northwind.example/1' })], jobs)).toEqual(['created a'])
})

test('a job that is named by its id is that one', () => {
  const jobs = [job('a', [['2026-01-05', true]]), job('b', [])]
  const named = { job_id: 'a', is_named: true, applied_on: '2026-03-01' }
  expect(told([row(2, named)], jobs)).toEqual(['failed application_already_open'])
  expect(told([row(2, { ...named, is_open: false })], jobs)).toEqual(['created a'])
  expect(told([row(2, { ...named, job_id: 'to-come' }), row(3, { ...named, job_id: 'to-come', is_open: false })], [])).toEqual([
    'created to-come new job',
    'created to-come',
  ])
})
