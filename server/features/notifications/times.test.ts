import { expect, test } from 'vitest'
import { defaultPreferences } from '../../../contract/notifications.ts'
import { lastDigestDay, nextDigestAt } from './digest-time.ts'
import { quietUntil } from './quiet-hours.ts'

const quiet = (from: string, to: string) => ({ ...defaultPreferences.quiet_hours, enabled: true, from, to })
const night = quiet('22:00', '07:00')

test.each([
  // an ordinary night, seen from before, within and after
  ['Europe/Berlin', night, '2026-11-25T20:59:59.999Z', null],
  ['Europe/Berlin', night, '2026-11-25T21:00:00.000Z', '2026-11-26T06:00:00.000Z'],
  ['Europe/Berlin', night, '2026-11-26T05:59:59.999Z', '2026-11-26T06:00:00.000Z'],
  ['Europe/Berlin', night, '2026-11-26T06:00:00.000Z', null],
  // the night in which the clock goes forward is an hour shorter; back, an hour longer
  ['Europe/Berlin', night, '2026-03-28T21:00:00.000Z', '2026-03-29T05:00:00.000Z'],
  ['Europe/Berlin', night, '2026-10-24T20:00:00.000Z', '2026-10-25T06:00:00.000Z'],
  ['America/New_York', night, '2026-03-08T03:00:00.000Z', '2026-03-08T11:00:00.000Z'],
  ['America/New_York', night, '2026-11-01T02:00:00.000Z', '2026-11-01T12:00:00.000Z'],
  // 02:30 does not exist: it has come when the clock skips it
  ['Europe/Berlin', quiet('22:00', '02:30'), '2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00.000Z'],
  ['Europe/Berlin', quiet('22:00', '02:30'), '2026-03-29T01:00:00.000Z', null],
  ['Europe/Berlin', quiet('02:30', '09:00'), '2026-03-29T01:00:00.000Z', '2026-03-29T07:00:00.000Z'],
  // 02:30 comes twice: quiet lasts until the second, and begins with the first
  ['Europe/Berlin', quiet('22:00', '02:30'), '2026-10-25T00:45:00.000Z', '2026-10-25T01:30:00.000Z'],
  ['Europe/Berlin', quiet('22:00', '02:30'), '2026-10-25T01:30:00.000Z', null],
  ['Europe/Berlin', quiet('02:30', '09:00'), '2026-10-25T00:30:00.000Z', '2026-10-25T08:00:00.000Z'],
  // a quarter of an hour, and no change of the clock ever
  ['Asia/Kathmandu', night, '2026-11-25T16:14:59.999Z', null],
  ['Asia/Kathmandu', night, '2026-11-25T16:15:00.000Z', '2026-11-26T01:15:00.000Z'],
  // within one day
  ['America/New_York', quiet('09:00', '17:30'), '2026-11-25T14:00:00.000Z', '2026-11-25T22:30:00.000Z'],
  ['America/New_York', quiet('09:00', '17:30'), '2026-11-25T22:30:00.000Z', null],
  // none
  ['UTC', quiet('08:00', '08:00'), '2026-11-25T08:00:00.000Z', null],
  ['UTC', { ...night, enabled: false }, '2026-11-25T23:00:00.000Z', null],
])('in %s %o at %s: quiet until %s', (timezone, hours, now, until) => {
  expect(quietUntil(hours, timezone, new Date(now))).toBe(until)
})

const daily = (hour: number) => ({ frequency: 'daily' as const, hour, weekday: 1 })
const weekly = (weekday: number, hour: number) => ({ frequency: 'weekly' as const, hour, weekday })

test.each([
  ['Europe/Berlin', daily(8), '2026-11-25T06:59:59.999Z', '2026-11-24', '2026-11-25T07:00:00.000Z'],
  ['Europe/Berlin', daily(8), '2026-11-25T07:00:00.000Z', '2026-11-25', '2026-11-26T07:00:00.000Z'],
  // across the change of the clock it stays at 8
  ['Europe/Berlin', daily(8), '2026-03-28T08:00:00.000Z', '2026-03-28', '2026-03-29T06:00:00.000Z'],
  ['Europe/Berlin', daily(8), '2026-10-24T08:00:00.000Z', '2026-10-24', '2026-10-25T07:00:00.000Z'],
  ['America/New_York', daily(8), '2026-03-07T14:00:00.000Z', '2026-03-07', '2026-03-08T12:00:00.000Z'],
  // an hour that is skipped, and one that comes twice: once
  ['Europe/Berlin', daily(2), '2026-03-29T00:59:59.999Z', '2026-03-28', '2026-03-29T01:00:00.000Z'],
  ['Europe/Berlin', daily(2), '2026-03-29T01:00:00.000Z', '2026-03-29', '2026-03-30T00:00:00.000Z'],
  ['Europe/Berlin', daily(2), '2026-10-25T00:00:00.000Z', '2026-10-25', '2026-10-26T01:00:00.000Z'],
  ['Europe/Berlin', daily(2), '2026-10-25T01:00:00.000Z', '2026-10-25', '2026-10-26T01:00:00.000Z'],
  ['Asia/Kathmandu', daily(0), '2026-11-25T18:15:00.000Z', '2026-11-26', '2026-11-26T18:15:00.000Z'],
  ['America/New_York', weekly(1, 7), '2026-11-25T12:00:00.000Z', '2026-11-23', '2026-11-30T12:00:00.000Z'],
  ['America/New_York', weekly(7, 7), '2026-10-26T12:00:00.000Z', '2026-10-25', '2026-11-01T12:00:00.000Z'],
  ['UTC', { ...daily(8), frequency: 'off' as const }, '2026-11-25T12:00:00.000Z', null, null],
])('in %s a digest %o, at %s: the last one of %s, the next one at %s', (timezone, digest, now, last, next) => {
  expect([lastDigestDay(digest, timezone, new Date(now)), nextDigestAt(digest, timezone, new Date(now))]).toEqual([last, next])
})
