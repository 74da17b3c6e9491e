import { describe, expect, test } from 'vitest'
import { addDays, dayOf, daysBetween, relativeDay, shortDay } from './days.ts'

describe('days', () => {
  test('count across a change of clocks and a leap day', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
  })

  test('an instant falls on the day of the zone', () => {
    expect(dayOf('2026-11-22T23:30:00.000Z', 'Asia/Kathmandu')).toBe('2026-11-23')
    expect(dayOf('2026-11-22T01:30:00.000Z', 'America/New_York')).toBe('2026-11-21')
  })

  test('are said as people say them', () => {
    expect(shortDay('2026-12-01', '2026-11-22', 'en-GB')).toBe('Tue 1 Dec')
    expect(shortDay('2027-01-05', '2026-11-22', 'en-GB')).toBe('Tue 5 Jan 2027')
    expect(relativeDay('2026-11-26', '2026-11-22', 'en-GB')).toBe('in 4 days')
    expect(relativeDay('2026-11-22', '2026-11-22', 'en-GB')).toBe('today')
    expect(relativeDay('2026-11-01', '2026-11-22', 'en-GB')).toBe('3 weeks ago')
  })
})
