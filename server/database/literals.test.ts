import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'
import { withLiterals } from './literals.ts'

const t = useTestApp()

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['"\\$1?:;\-/*{},]{1,12}$/)).filter((text) => !text.includes('\0'))
const value = fc.record({
  text,
  nothing: fc.constant(null),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  flag: fc.boolean(),
  list: fc.array(text, { maxLength: 5 }),
})

test('every value means in the statement what it means beside it', async () => {
  await fc.assert(
    fc.asyncProperty(value, async ({ text, nothing, number, flag, list }) => {
      const statement = sql`select ${text}::text as text, ${nothing}::text as nothing, ${number}::float8 as number, ${flag}::boolean as flag,
        ${list}::text[] as list, ${text} || 'x' as joined`
      const { rows: beside } = await statement.execute(t.app.db)
      const { rows: within } = await t.app.pool.query(withLiterals(statement))
      expect(within).toEqual(beside)
    }),
    { numRuns: 200 },
  )
})

test('what would cut a statement short, or has no meaning in it, is refused', () => {
  expect(() => withLiterals(sql`select ${'a\0b'}`)).toThrow(TypeError)
  expect(() => withLiterals(sql`select ${{ an: 'object' }}`)).toThrow(TypeError)
})
