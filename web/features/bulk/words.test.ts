import { describe, expect, test } from 'vitest'
import type { Said } from './change.ts'
import { command, leftBy, preview, report } from './words.ts'

const local = { locale: 'en-GB', day: () => 'Tue 3 Dec' }
const jobs = (changes: Record<string, unknown>): Said => ({ kind: 'jobs', action: 'update', changes })
const applications = (changes: Record<string, unknown>): Said => ({ kind: 'applications', action: 'update', changes })
const all = (succeeded: number, also?: { applications: number; open_applications: number }) => ({
  total: succeeded,
  succeeded,
  failed: 0,
  also,
})

describe('a bulk change in words', () => {
  test('before: what becomes of how many, and of what hangs on them', () => {
    expect(preview(jobs({ status: 'archived' }), all(1204, { applications: 60, open_applications: 37 }), local)).toBe(
      'Archive 1,204 jobs; 37 of them have open applications, which stay.',
    )
    expect(preview(jobs({ status: 'open' }), all(1, { applications: 1, open_applications: 1 }), local)).toBe('Open 1 job again.')
    expect(preview({ kind: 'jobs', action: 'delete' }, all(12, { applications: 9, open_applications: 4 }), local)).toBe(
      'Delete 12 jobs and their 9 applications, 4 of them open.',
    )
    expect(preview({ kind: 'jobs', action: 'delete' }, all(1, { applications: 1, open_applications: 1 }), local)).toBe(
      'Delete 1 job and its application, still open.',
    )
    expect(preview({ kind: 'jobs', action: 'restore' }, all(3, { applications: 1, open_applications: 0 }), local)).toBe(
      'Restore 3 jobs and the one application they have.',
    )
  })

  test('before: who stays as they are, and when nobody is left to change', () => {
    expect(preview(applications({ status: 'offer' }), { total: 40, succeeded: 37, failed: 3 }, local)).toBe(
      'Move 37 applications to Offer. 3 of 40 stay as they are.',
    )
    expect(preview(applications({ status: 'offer' }), { total: 3, succeeded: 0, failed: 3 }, local)).toBe('None of the 3 can be changed.')
    expect(preview(applications({ status: 'offer' }), all(0), local)).toBe('Nothing matches any more, so there is nothing to change.')
  })

  test('after', () => {
    expect(report(jobs({ status: 'closed' }), all(1), local)).toBe('1 job closed.')
    expect(report(jobs({ priority: 0 }), all(4), local)).toBe('Priority of 4 jobs cleared.')
    expect(report(applications({ follow_up_on: '2026-12-03' }), all(4), local)).toBe('Follow-up of 4 applications set to Tue 3 Dec.')
    expect(report(applications({ reminders_muted: false }), all(1), local)).toBe('Reminders of 1 application on again.')
    expect(report({ kind: 'jobs', action: 'delete' }, all(2, { applications: 3, open_applications: 0 }), local)).toBe(
      '2 jobs and their 3 applications moved to the trash.',
    )
    expect(report({ kind: 'jobs', action: 'update', changes: null, fields: ['salary_min', 'notes'] }, all(40), local)).toBe(
      '40 jobs changed: salary min, notes.',
    )
    expect(report({ kind: 'jobs', action: 'delete' }, { total: 2, succeeded: 0, failed: 2 }, local)).toBe('Nothing was changed.')
  })

  test('two changes in one are said one after the other', () => {
    expect(command(jobs({ add_tags: ['summer', 'lisbon'], remove_tags: ['maybe'] }), 12, local)).toBe(
      'Add the tags “summer”, “lisbon” to 12 jobs and take the tag “maybe” from them',
    )
    expect(report(jobs({ add_skills: ['Go'], location: 'Porto' }), all(2), local)).toBe(
      'Skill “Go” added to 2 jobs and location of them changed.',
    )
  })

  test('what was left stands together by its reason', () => {
    const error = (index: number, code: string, message = '') => ({ index, id: `id-${index}`, code, message, field_errors: [] })
    expect(leftBy([error(0, 'not_found'), error(4, 'validation_failed', 'Its pay would be upside down.'), error(7, 'not_found')])).toEqual([
      { reason: 'no longer there', ids: ['id-0', 'id-7'] },
      { reason: 'its pay would be upside down', ids: ['id-4'] },
    ])
  })
})
