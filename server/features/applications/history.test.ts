import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ApplicationStatus, closedStatuses, openStatuses } from '../../../contract/applications.ts'
import { AppError } from '../../errors.ts'
import {
  type Clock,
  type HistoryEvent,
  historyAsTold,
  inOrder,
  isOpen,
  momentOf,
  newEvent,
  rewrite,
  standingOf,
  type Wanted,
} from './history.ts'

const clock: Clock = { now: '2026-03-20T10:00:00.000Z', timezone: 'UTC' }
const statuses: readonly ApplicationStatus[] = [...openStatuses, ...closedStatuses]

type Given = { to_status?: ApplicationStatus; note?: string; occurred_at?: string; occurred_on?: string }
/** Events added one after the other, as the API would. */
function historyOf(...events: Given[]): HistoryEvent[] {
  const history: HistoryEvent[] = []
  for (const event of events) history.push(newEvent(history, event, clock))
  return history
}
const on = (day: string, to_status: ApplicationStatus): Given => ({ to_status, occurred_on: `2026-${day}` })
const standing = (events: readonly HistoryEvent[]) => {
  const found = standingOf(events)
  if (!found) throw new Error('no standing')
  const { last_event_at: _, ...rest } = found
  return rest
}
const afterSetting = (events: HistoryEvent[], wanted: Wanted) => standing(rewrite(events, wanted, clock))
const refused = (events: HistoryEvent[], wanted: Wanted) => {
  try {
    rewrite(events, wanted, clock)
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') return error.fieldErrors?.map(({ field }) => field)
    throw error
  }
  return 'accepted'
}

describe('what follows from the events', () => {
  test('the status is that of the last event by the time it occurred, whatever was recorded last', () => {
    expect(standing(historyOf(on('03-05', 'interview'), on('03-01', 'applied')))).toEqual({
      status: 'interview',
      status_since: '2026-03-05',
      applied_on: '2026-03-01',
      response_on: '2026-03-05',
      offer_on: null,
    })
  })

  test('on one bare day they stay in the order in which they were told', () => {
    expect(standing(historyOf(on('03-05', 'applied'), on('03-05', 'screening'), on('03-05', 'rejected'))).status).toBe('rejected')
    expect(standing(historyOf(on('03-20', 'interested'), on('03-20', 'applied'))).status).toBe('applied')
  })

  test('at the same instant the one recorded later is later, and then the id decides', () => {
    const [first, second] = historyOf(on('03-05', 'applied'), on('03-05', 'screening')) as [HistoryEvent, HistoryEvent]
    const occurred_at = '2026-03-05T12:00:00.000Z'
    const earlier = { ...first, occurred_at, recorded_at: '2026-03-06T00:00:00.000Z' }
    const later = { ...second, occurred_at, recorded_at: '2026-03-07T00:00:00.000Z' }
    expect(standing([later, earlier]).status).toBe('screening')
    expect(standing([{ ...later, recorded_at: earlier.recorded_at }, earlier]).status).toBe('screening')
    expect(standing([{ ...later, recorded_at: '2026-03-05T00:00:00.000Z' }, earlier]).status).toBe('applied')
  })

  test.each([
    ['screening', true],
    ['interview', true],
    ['offer', true],
    ['accepted', true],
    ['rejected', true],
    ['declined', false],
    ['withdrawn', false],
    ['ghosted', false],
  ] as const)('reaching %s sets response_on: %s', (status, isResponse) => {
    const { response_on, applied_on, offer_on } = standing(historyOf(on('03-01', 'interested'), on('03-05', status)))
    expect(response_on).toBe(isResponse ? '2026-03-05' : null)
    expect(applied_on).toBeNull()
    expect(offer_on).toBe(status === 'offer' ? '2026-03-05' : null)
  })

  test('the first time counts for each date, the last change for status_since', () => {
    expect(
      standing(
        historyOf(on('03-01', 'applied'), on('03-02', 'interview'), on('03-03', 'applied'), on('03-04', 'offer'), on('03-06', 'offer')),
      ),
    ).toEqual({
      status: 'offer',
      status_since: '2026-03-04',
      applied_on: '2026-03-01',
      response_on: '2026-03-02',
      offer_on: '2026-03-04',
    })
  })

  test.each(['note', 'status'] as const)('any event reopens what was taken for ghosted: a %s', (kind) => {
    const ghosted = historyOf(on('01-05', 'applied'), on('01-20', 'interview'), on('03-01', 'ghosted'))
    const reopened = [...ghosted, newEvent(ghosted, kind === 'note' ? { note: 'They wrote' } : { to_status: 'interview' }, clock)]
    expect(standing(reopened)).toMatchObject({ status: 'interview', status_since: '2026-03-20', applied_on: '2026-01-05' })
    const backDated = [...ghosted, newEvent(ghosted, { note: 'They wrote', occurred_on: '2026-02-01' }, clock)]
    expect(standing(backDated)).toMatchObject({ status: 'ghosted', status_since: '2026-03-01' })
  })

  test('ghosted reopens to an open status, even when it had been closed before', () => {
    for (const before of closedStatuses) {
      expect(isOpen(standing(historyOf(on('01-05', 'applied'), on('02-01', before), on('03-01', 'ghosted'), { note: 'x' })).status)).toBe(
        true,
      )
    }
    expect(standing(historyOf(on('03-01', 'ghosted'), { note: 'x' })).status).toBe('interested')
  })

  test('a note changes neither the status nor a date', () => {
    const events = historyOf(on('01-05', 'applied'))
    expect(standing([...events, newEvent(events, { note: 'called' }, clock)])).toEqual(standing(events))
  })

  test('without a status there is no standing', () => {
    expect(standingOf([])).toBeNull()
    expect(standingOf(historyOf({ note: 'x' }))).toBeNull()
  })
})

describe('setting a status or a date', () => {
  const applied = historyOf(on('01-05', 'interested'), on('01-10', 'applied'))
  const interviewing = historyOf(on('01-10', 'applied'), on('01-15', 'screening'), on('01-20', 'interview'))
  const rejected = historyOf(on('01-10', 'applied'), on('01-15', 'screening'), on('01-20', 'rejected'))

  test('a new application is one event of the type created, interested unless something else is said', () => {
    const events = rewrite([], {}, clock)
    expect(events).toMatchObject([{ type: 'created', to_status: 'interested', occurred_at: clock.now, occurred_on: '2026-03-20' }])
    expect(rewrite([], { applied_on: '2026-03-01' }, clock)).toMatchObject([{ type: 'created', to_status: 'applied' }])
  })

  test.each<[string, Wanted, Partial<ReturnType<typeof standing>>]>([
    ['rejected with the day of the answer is one event', { status: 'rejected', response_on: '2026-03-02' }, { status_since: '2026-03-02' }],
    [
      'an offer with an earlier answer',
      { status: 'offer', response_on: '2026-03-02' },
      { offer_on: '2026-03-20', response_on: '2026-03-02' },
    ],
    [
      'an answer on one day, the refusal on a later one',
      { status: 'rejected', status_since: '2026-03-05', response_on: '2026-03-02' },
      { status_since: '2026-03-05' },
    ],
    [
      'a day for the status that does not fit is a hint',
      { status: 'applied', status_since: '2026-03-05', applied_on: '2026-03-02' },
      { status_since: '2026-03-02' },
    ],
    [
      'nor does one before the answer',
      { status: 'rejected', status_since: '2026-02-05', response_on: '2026-03-02' },
      { status_since: '2026-03-02' },
    ],
    ['only an offer', { offer_on: '2026-03-02' }, { status: 'offer', response_on: '2026-03-02', applied_on: null }],
    [
      'all on one day',
      { status: 'accepted', applied_on: '2026-03-02', response_on: '2026-03-02', offer_on: '2026-03-02' },
      { status: 'accepted' },
    ],
    ['all today', { status: 'offer', applied_on: '2026-03-20', response_on: '2026-03-20', offer_on: '2026-03-20' }, { status: 'offer' }],
  ])('created so: %s', (_, wanted, expected) => {
    expect(afterSetting([], wanted)).toMatchObject({ ...wanted, ...expected })
  })

  test('what already holds stays, event by event', () => {
    for (const events of [applied, interviewing, rejected]) {
      const { status_since: _, ...present } = standing(events)
      const again = rewrite(events, present, clock)
      expect(again).toEqual(inOrder(events))
      expect(again.every((event) => events.includes(event))).toBe(true)
    }
  })

  test('a date is corrected in its event, and only there', () => {
    const corrected = rewrite(applied, { applied_on: '2026-01-08' }, clock)
    expect(corrected).toHaveLength(2)
    expect(corrected[0]).toBe(applied[0])
    expect(corrected[1]).toMatchObject({ id: applied[1]?.id, recorded_at: applied[1]?.recorded_at, occurred_on: '2026-01-08' })
  })

  test('the interest it began with goes along when the application turns out to be older', () => {
    expect(afterSetting(applied, { applied_on: '2026-01-02' })).toMatchObject({ status: 'applied', status_since: '2026-01-02' })
    expect(afterSetting(rewrite([], {}, clock), { applied_on: '2026-01-02' })).toMatchObject({
      status: 'applied',
      applied_on: '2026-01-02',
    })
  })

  test('an interest that came back later stays where it is', () => {
    const events = historyOf(on('01-10', 'applied'), on('02-01', 'interested'))
    expect(afterSetting(events, { applied_on: '2026-01-11' })).toMatchObject({ status: 'interested', applied_on: '2026-01-11' })
  })

  test('a date of the next stage brings an open application there', () => {
    expect(afterSetting(applied, { response_on: '2026-02-01' })).toMatchObject({ status: 'screening', status_since: '2026-02-01' })
    expect(afterSetting(interviewing, { offer_on: '2026-02-01' })).toMatchObject({ status: 'offer', response_on: '2026-01-15' })
    expect(afterSetting(rewrite([], {}, clock), { offer_on: '2026-02-01' })).toMatchObject({ status: 'offer', applied_on: null })
  })

  test('a date between what is known changes no status', () => {
    expect(afterSetting(interviewing, { offer_on: '2026-01-16' })).toMatchObject({ status: 'interview', offer_on: '2026-01-16' })
    expect(afterSetting(rejected, { applied_on: '2026-01-12', response_on: '2026-01-13' })).toMatchObject({ status: 'rejected' })
    const withdrawn = historyOf(on('01-10', 'applied'), on('02-10', 'withdrawn'))
    expect(afterSetting(withdrawn, { response_on: '2026-01-20' })).toMatchObject({ status: 'withdrawn', response_on: '2026-01-20' })
  })

  test('the answer after a silence reopens, one that was overlooked does not', () => {
    const ghosted = historyOf(on('01-10', 'applied'), on('03-01', 'ghosted'))
    expect(afterSetting(ghosted, { response_on: '2026-03-10' })).toMatchObject({ status: 'screening', response_on: '2026-03-10' })
    expect(afterSetting(ghosted, { response_on: '2026-02-10' })).toMatchObject({ status: 'ghosted', response_on: '2026-02-10' })
  })

  test('the day of an offer is its own: another first answer is another event', () => {
    const offered = historyOf(on('01-10', 'applied'), on('02-10', 'offer'))
    expect(afterSetting(offered, { response_on: '2026-02-01' })).toMatchObject({
      status: 'offer',
      offer_on: '2026-02-10',
      response_on: '2026-02-01',
    })
  })

  test('a date taken away takes its events away, and the status follows', () => {
    expect(afterSetting(applied, { applied_on: null })).toMatchObject({
      status: 'interested',
      status_since: '2026-01-05',
      applied_on: null,
    })
    expect(afterSetting(interviewing, { applied_on: null })).toMatchObject({ status: 'interview', applied_on: null })
    expect(afterSetting(interviewing, { response_on: null })).toMatchObject({ status: 'applied', response_on: null })
    expect(afterSetting(historyOf(on('01-10', 'applied')), { applied_on: null })).toMatchObject({
      status: 'interested',
      status_since: '2026-01-10',
    })
    expect(afterSetting(rejected, { status: 'withdrawn', response_on: null })).toMatchObject({ status: 'withdrawn', response_on: null })
  })

  test.each<[string, HistoryEvent[], Wanted, string]>([
    ['an answer before the application', applied, { response_on: '2026-01-01' }, 'response_on'],
    ['an application after the answer', interviewing, { applied_on: '2026-01-16' }, 'applied_on'],
    ['both at once in the wrong order', [], { applied_on: '2026-02-02', response_on: '2026-02-01' }, 'response_on'],
    ['an offer before the first answer', [], { response_on: '2026-02-02', offer_on: '2026-02-01' }, 'response_on'],
    ['an answer after the offer', historyOf(on('01-10', 'offer')), { response_on: '2026-01-20' }, 'response_on'],
    ['an answer after the refusal', rejected, { response_on: '2026-01-25' }, 'response_on'],
    [
      'an application after its withdrawal',
      historyOf(on('01-10', 'applied'), on('01-20', 'withdrawn')),
      { applied_on: '2026-01-25' },
      'applied_on',
    ],
    [
      'an application moved behind its ghosting',
      historyOf(on('01-10', 'applied'), on('01-20', 'ghosted')),
      { applied_on: '2026-01-25' },
      'applied_on',
    ],
    [
      'an answer after the withdrawal',
      historyOf(on('01-10', 'applied'), on('01-20', 'withdrawn')),
      { response_on: '2026-01-25' },
      'response_on',
    ],
    ['an answer to what is only applied for today', [], { status: 'applied', response_on: '2026-02-01' }, 'response_on'],
    ['no answer and yet an interview', applied, { status: 'interview', response_on: null }, 'response_on'],
    ['not applied and yet applied', applied, { status: 'applied', applied_on: null }, 'applied_on'],
    ['the only event that says anything', historyOf(on('01-10', 'rejected')), { response_on: null }, 'response_on'],
  ])('what cannot be is refused by its name: %s', (_, events, wanted, field) => {
    expect(refused(events, wanted)).toEqual([field])
  })

  test('an order that was there before is no reason to refuse something else', () => {
    const approached = historyOf(on('01-10', 'screening'), on('01-20', 'applied'))
    expect(afterSetting(approached, { offer_on: '2026-02-01' })).toMatchObject({
      status: 'offer',
      response_on: '2026-01-10',
      applied_on: '2026-01-20',
    })
    expect(refused(approached, { response_on: '2026-01-09' })).toEqual(['response_on'])
    expect(refused(approached, { applied_on: '2026-01-20', response_on: '2026-01-10' })).toBe('accepted')
  })

  test('a status that is set comes after everything known, even what lies ahead', () => {
    const ahead = historyOf(on('12-24', 'interview'))
    expect(afterSetting(ahead, { status: 'withdrawn' })).toMatchObject({ status: 'withdrawn', status_since: '2026-12-24' })
  })
})

describe('moments', () => {
  test('a bare day is a day of the time zone, at noon there', () => {
    const tokyo = { ...clock, timezone: 'Asia/Tokyo' }
    expect(momentOf([], { occurred_on: '2026-03-01' }, tokyo)).toEqual({
      occurred_at: '2026-03-01T03:00:00.000Z',
      occurred_on: '2026-03-01',
    })
    expect(momentOf([], { occurred_at: '2026-03-01T16:00:00.000Z' }, tokyo).occurred_on).toBe('2026-03-02')
    expect(momentOf([], {}, { now: '2026-03-01T16:00:00.000Z', timezone: 'Asia/Tokyo' }).occurred_on).toBe('2026-03-02')
    expect(momentOf([], {}, { now: '2026-03-01T03:00:00.000Z', timezone: 'America/Los_Angeles' }).occurred_on).toBe('2026-02-28')
  })

  test('today as a bare day is now', () => {
    expect(momentOf([], { occurred_on: '2026-03-20' }, clock).occurred_at).toBe(clock.now)
  })

  test('an event that is moved to a bare day keeps its place among those of that day', () => {
    const [interested, applied] = historyOf(on('03-10', 'interested'), on('03-12', 'applied')) as [HistoryEvent, HistoryEvent]
    const moved = { ...interested, ...momentOf([applied], { occurred_on: '2026-03-12' }, clock, interested) }
    expect(standing([moved, applied]).status).toBe('applied')
    const back = { ...applied, ...momentOf([interested], { occurred_on: '2026-03-10' }, clock, applied) }
    expect(standing([interested, back]).status).toBe('applied')
  })
})

describe('properties', () => {
  const runs = 500
  const status = fc.constantFrom(...statuses)
  const day = fc.integer({ min: 0, max: 30 }).map((days) => `2026-03-${String(days + 1).padStart(2, '0')}`)
  const zone = fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles')
  const moment = fc.oneof(
    day.map((occurred_on) => ({ occurred_on })),
    fc.integer({ min: 0, max: 31 * 24 }).map((hours) => ({ occurred_at: new Date(Date.UTC(2026, 2, 1, hours)).toISOString() })),
    fc.constant({}),
  )
  const step = fc.record({
    to_status: fc.option(status, { freq: 5 }),
    moment,
    timezone: fc.oneof({ weight: 4, arbitrary: fc.constant('UTC') }, zone),
  })
  const reachable = fc
    .array(step, { minLength: 1, maxLength: 7 })
    .map((steps) => {
      const history: HistoryEvent[] = []
      for (const [at, { to_status, moment, timezone }] of steps.entries()) {
        const now = new Date(Date.UTC(2026, 2, 20, 10, at)).toISOString()
        history.push(newEvent(history, { to_status, note: 'x', ...moment }, { now, timezone }))
      }
      return history
    })
    .filter((events) => standingOf(events) !== null)
  const date = fc.option(fc.option(day, { nil: null, freq: 6 }), { nil: undefined, freq: 2 })
  const wanted = fc.record({ status: fc.option(status, { nil: undefined }), applied_on: date, response_on: date, offer_on: date })

  test('a row of our own export comes to stand as it stood', () => {
    fc.assert(
      fc.property(reachable, zone, (events, timezone) => {
        const told = standing(events)
        expect(standing(historyAsTold(told, { ...clock, timezone }))).toEqual(told)
      }),
      { numRuns: runs },
    )
  })

  test('what was wanted is so afterwards, or it is refused by name; again, it is nothing new', () => {
    let accepted = 0
    fc.assert(
      fc.property(reachable, wanted, (events, wanted) => {
        if (refused(events, wanted) !== 'accepted') return
        accepted++
        const history = rewrite(events, wanted, clock)
        const told = Object.entries(wanted).filter(([, value]) => value !== undefined)
        expect(standing(history)).toMatchObject(Object.fromEntries(told))
        expect(rewrite(history, wanted, clock).every((event) => history.includes(event))).toBe(true)
        expect(new Set(history.map(({ id }) => id)).size).toBe(history.length)
      }),
      { numRuns: runs },
    )
    expect(accepted).toBeGreaterThan(runs / 5)
  })

  test('a date that is moved changes no status; one that is written only brings it further', () => {
    fc.assert(
      fc.property(reachable, fc.constantFrom('applied_on', 'response_on', 'offer_on'), day, (events, name, day) => {
        if (refused(events, { [name]: day }) !== 'accepted') return
        const [before, now] = [standing(events), afterSetting(events, { [name]: day })]
        if (before[name] !== null || !(isOpen(before.status) || before.status === 'ghosted')) expect(now.status).toBe(before.status)
        else if (now.status !== before.status)
          expect(now.status).toBe({ applied_on: 'applied', response_on: 'screening', offer_on: 'offer' }[name])
      }),
      { numRuns: runs },
    )
  })

  test('dates in their order are never refused for a new application', () => {
    const days = fc.array(day, { minLength: 3, maxLength: 3 }).map((days) => days.toSorted())
    fc.assert(
      fc.property(
        days,
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.option(status, { nil: undefined }),
        (days, [a, r, o], status) => {
          const [applied_on, response_on, offer_on] = [
            a || status === 'applied' ? days[0] : undefined,
            r ? days[1] : undefined,
            o ? days[2] : undefined,
          ]
          expect(refused([], { applied_on, response_on, offer_on, status })).toBe('accepted')
        },
      ),
      { numRuns: runs },
    )
  })
})
