import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApplicationStatus } from '../../../../contract/applications.ts'
import * as server from '../../../../server/features/applications/history.ts'
import { type Known, placed, standingOf } from './what-follows.ts'

const hour = fc.integer({ min: 0, max: 400 })
const instant = hour.map((hours) => new Date(Date.UTC(2026, 9, 20) + hours * 3_600_000).toISOString())
const day = fc.integer({ min: 0, max: 16 }).map((days) => new Date(Date.UTC(2026, 9, 20) + days * 86_400_000).toISOString().slice(0, 10))
const zone = fc.constantFrom('UTC', 'Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu')
const event = fc.record({
  id: fc.uuid({ version: 7 }),
  to_status: fc.option(fc.constantFrom(...ApplicationStatus.options)),
  occurred_at: instant,
  occurred_on: day,
  recorded_at: instant,
})
const asStored = (known: Known): server.HistoryEvent => ({ ...known, type: 'note', note: null })

test('any history leads to the standing the server would give it', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), (events) => {
      const told = server.standingOf(events.map(asStored))
      // The server writes out the instant of the last event as well; nobody is shown that.
      const { last_event_at: _, ...standing } = told ?? { last_event_at: '' }
      expect(standingOf(events)).toEqual(told && standing)
    }),
  )
})

test('an event is put where the server would put it', () => {
  const moment = fc.oneof(fc.record({ occurred_at: instant }), fc.record({ occurred_on: day }), fc.constant({}))
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), moment, instant, zone, fc.option(event), (events, given, now, timezone, moved) => {
      const clock = { now, timezone }
      expect(placed(events, given, clock, moved ?? undefined)).toEqual(
        server.momentOf(events.map(asStored), given, clock, moved ? asStored(moved) : undefined),
      )
    }),
  )
})
