import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'
import { ageOf, beginnings, firstAge, lastAge } from './age.ts'

const t = useTestApp()

const instant = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const moment = fc.record({ instant, id: fc.uuid() })

test('the database says the same', async () => {
  const moments = [...fc.sample(moment, 200), { instant: '9999-12-31T23:59:59.999Z', id: 'ffffffff-ffff-4fff-bfff-ffffffffffff' }]
  const { rows } = await t.app.pool.query<{ word: string }>(
    `select word from unnest($1::timestamptz[], $2::uuid[]) with ordinality as made (instant, id, at),
     unnest(tsvector_to_array(landed_age($3, instant, id))) as word order by at`,
    [moments.map(({ instant }) => instant), moments.map(({ id }) => id), t.app.localUser.id],
  )
  const person = t.app.localUser.id.slice(-12)
  expect(rows.map(({ word }) => word)).toEqual(moments.map((one) => person + ageOf(one).toString(16).padStart(25, '0')))
})

const wide = fc.bigInt({ min: firstAge, max: lastAge })
const close = fc
  .tuple(wide, fc.bigInt({ min: 0n, max: 1n << 40n }))
  .map(([from, more]) => [from, from + more > lastAge ? lastAge : from + more] as const)
const twoAges = fc.oneof(
  fc.tuple(wide, wide).map(([one, other]) => (one < other ? ([one, other] as const) : ([other, one] as const))),
  close,
)

test('the beginnings hold all that is in between, and little else', () => {
  fc.assert(
    fc.property(twoAges, fc.bigInt({ min: 0n, max: 1n << 60n }), ([from, to], share) => {
      const found = beginnings(from, to)
      const isIn = (age: bigint) => found.some((one) => age.toString(16).padStart(25, '0').startsWith(one))
      const between = from + ((to - from) * share) / (1n << 60n)
      expect([from, to, between].map(isIn)).toEqual([true, true, true])
      const more = (to - from) / 16n + 1n
      expect([from - more, to + more].filter((age) => age >= firstAge && age <= lastAge).some(isIn)).toBe(false)
      expect(found.length).toBeLessThan(100)
      expect(new Set(found).size).toBe(found.length)
    }),
    { numRuns: 2_000 },
  )
})
