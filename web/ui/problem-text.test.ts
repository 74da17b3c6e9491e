import { expect, test } from 'vitest'
import { ProblemError, UnreachableError } from '../../client/client.ts'
import { type ProblemCode, problems } from '../../contract/problems.ts'
import { explain, isPassing, messageOf } from './problem-text.ts'

const problemOf = (code: ProblemCode) =>
  new ProblemError({
    type: `/problems/${code}`,
    title: problems[code].title,
    status: problems[code].status,
    code,
    detail: 'What happened.',
    instance: '/api/v1/jobs',
    request_id: 'id-of-the-request',
    timestamp: '2026-11-22T08:00:00.000Z',
  })

const codes = Object.keys(problems) as ProblemCode[]

test.each(codes)('%s is said to a person, with the id to copy', (code) => {
  const { title, detail, advice, requestId } = explain(problemOf(code))
  expect(`${title} ${advice}`).not.toMatch(/[`!]|\btoken\b|\brecord has changed since you read\b|Oops/)
  expect(detail).toBe('What happened.')
  expect(requestId).toBe('id-of-the-request')
})

test('silence and business pass, a refusal does not', () => {
  expect(isPassing(new UnreachableError(null))).toBe(true)
  expect(codes.filter((code) => isPassing(problemOf(code)))).toEqual(['rate_limited', 'internal_error', 'not_ready', 'overloaded'])
})

test('a part of the app that did not come is the server being away, not a fault of the page', () => {
  const gone = new TypeError('Failed to fetch dynamically imported module: http://127.0.0.1:3000/assets/jobs-page-x.js')
  expect(explain(gone).title).toBe('Landed does not answer')
  expect(messageOf(gone)).toBe('Landed does not answer.')
})
