import { describe, expect, test } from 'vitest'
import { dayOf } from './days.ts'
import { instantOf, timeIn } from './zoned-time.ts'

describe('a day and a time in a zone', () => {
  test.each([
    ['2026-07-01', '14:30', 'Europe/Lisbon', '2026-07-01T13:30:00.000Z'],
    ['2026-12-01', '14:30', 'Europe/Lisbon', '2026-12-01T14:30:00.000Z'],
    ['2026-12-01', '00:15', 'Asia/Kathmandu', '2026-11-30T18:30:00.000Z'],
    ['2026-03-08', '09:00', 'America/New_York', '2026-03-08T13:00:00.000Z'],
    ['2026-11-01', '00:30', 'America/New_York', '2026-11-01T04:30:00.000Z'],
    // Skipped by the clocks: an hour later on the wall.
    ['2026-03-29', '01:30', 'Europe/Lisbon', '2026-03-29T01:30:00.000Z'],
  ])('%s %s in %s is %s', (day, time, zone, instant) => {
    expect(instantOf(day, time, zone)).toBe(instant)
  })

  test('comes back as it was given, through a year', () => {
    for (const zone of ['Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe']) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 13 * 3_600_000) {
        const instant = new Date(at).toISOString()
        const [day, time] = [dayOf(instant, zone), timeIn(instant, zone)]
        const again = instantOf(day, time, zone)
        expect(`${dayOf(again, zone)} ${timeIn(again, zone)}`).toBe(`${day} ${time}`)
      }
    }
  })
})
