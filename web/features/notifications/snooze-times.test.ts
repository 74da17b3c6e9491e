import { describe, expect, test } from 'vitest'
import { momentText, snoozeTimes } from './snooze-times.ts'

const lisbon = { timezone: 'Europe/Lisbon', morningHour: 8 }
const at = (instant: string, options: Parameters<typeof snoozeTimes>[1] = lisbon) =>
  Object.fromEntries(snoozeTimes(new Date(instant), options).map((one) => [one.label, one.at]))

describe('when to hear of it again', () => {
  test('on a Wednesday afternoon', () => {
    expect(at('2026-11-25T14:07:00Z')).toEqual({
      'Later today': '2026-11-25T17:15:00.000Z',
      'Tomorrow morning': '2026-11-26T08:00:00.000Z',
      'Next week': '2026-11-30T08:00:00.000Z',
    })
  })

  test('in the evening there is no later today, and on a Sunday next week is tomorrow', () => {
    expect(at('2026-11-29T20:30:00Z')).toEqual({ 'In an hour': '2026-11-29T21:30:00.000Z', 'Tomorrow morning': '2026-11-30T08:00:00.000Z' })
    expect(at('2026-11-30T09:00:00Z')).toMatchObject({ 'Next week': '2026-12-07T08:00:00.000Z' })
  })

  test('the morning is that of the place, also when its clocks change in the night', () => {
    expect(at('2026-10-31T15:00:00Z', { timezone: 'America/New_York', morningHour: 7 })).toMatchObject({
      'Tomorrow morning': '2026-11-01T12:00:00.000Z',
    })
  })

  test('of an interview, never after it has begun', () => {
    expect(at('2026-11-25T14:07:00Z', { ...lisbon, begins: '2026-11-25T16:00:00.000Z' })).toEqual({
      'An hour before it': '2026-11-25T15:00:00.000Z',
      'A quarter of an hour before it': '2026-11-25T15:45:00.000Z',
    })
    expect(at('2026-11-25T15:50:00Z', { ...lisbon, begins: '2026-11-25T16:00:00.000Z' })).toEqual({})
  })
})

test('a moment is said as people say it', () => {
  const say = (instant: string) => momentText(instant, { timezone: 'Europe/Lisbon', locale: 'en-GB' }, new Date('2026-11-25T14:00:00Z'))
  expect(say('2026-11-25T17:15:00.000Z')).toBe('today, 17:15')
  expect(say('2026-11-26T08:00:00.000Z')).toBe('tomorrow, 08:00')
  expect(say('2026-11-30T08:00:00.000Z')).toBe('Mon 30 Nov, 08:00')
})
