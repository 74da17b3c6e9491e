import { expect, test } from 'vitest'
import type { Application, Interview } from '../../../../contract/applications.ts'
import { nextSteps } from './next-steps.ts'

const now = { at: '2026-11-22T12:00:00.000Z', today: '2026-11-22', lastHeard: '2026-11-20', followUpAfter: 7, ghostedAfter: 45 }
const interview = (id: string, starts_at: string, status: Interview['status'] = 'scheduled') =>
  ({ id, starts_at, status, duration_minutes: 60 }) as Interview
const steps = (application: Partial<Application>, at: Partial<typeof now> = {}) =>
  nextSteps({ status: 'applied', interviews: [], follow_up_on: null, ...application } as Application, { ...now, ...at })

test('the next interview comes first, one that is over asks how it was, one under way is still the next', () => {
  const interviews = [
    interview('over', '2026-11-21T10:00:00.000Z'),
    interview('later', '2026-11-30T10:00:00.000Z'),
    interview('under way', '2026-11-22T11:30:00.000Z'),
    interview('held', '2026-11-19T10:00:00.000Z', 'held'),
  ]
  expect(steps({ interviews, follow_up_on: '2026-11-22' })).toMatchObject([
    { kind: 'interview', interview: { id: 'under way' } },
    { kind: 'how_was_it', interview: { id: 'over' } },
    { kind: 'follow_up', isDue: true },
  ])
})

test('silence is named when it has lasted, and let go when it has lasted long', () => {
  expect(steps({})).toEqual([{ kind: 'wait', days: 2 }])
  expect(steps({}, { lastHeard: '2026-11-15' })).toEqual([{ kind: 'silent', days: 7, isLong: false }])
  expect(steps({}, { lastHeard: '2026-10-01' })).toEqual([{ kind: 'silent', days: 52, isLong: true }])
})

test('an interest is to be applied for, an offer decided on, a finished one left in peace', () => {
  expect(steps({ status: 'interested' })).toEqual([{ kind: 'apply' }])
  expect(steps({ status: 'offer', follow_up_on: '2026-11-25' })).toEqual([
    { kind: 'decide' },
    { kind: 'follow_up', day: '2026-11-25', isDue: false },
  ])
  expect(steps({ status: 'rejected', follow_up_on: '2026-11-25' })).toEqual([{ kind: 'finished' }])
})
