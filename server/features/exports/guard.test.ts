import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { guardCell, unguardCell } from '../../../contract/csv.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { guarded } from './statements.ts'

const t = useTestApp()

const storable = (text: string) => !text.includes('\0')
const start = fc.stringMatching(/^['=+\-@\t\r\n "A0]{0,4}$/)
const text = fc
  .tuple(start, fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })))
  .map((parts) => parts.join(''))
  .filter(storable)

const guardInSql = async (texts: string[]) => {
  const { rows } = await sql<{ cell: string }>`
    select ${guarded(sql`text`)} as cell from unnest(${texts}::text[]) with ordinality as given (text, at) order by at`.execute(t.app.db)
  return rows.map((row) => row.cell)
}

test('PostgreSQL guards every text as guardCell does, and the guard comes off again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 100 }), async (texts) => {
      const cells = await guardInSql(texts)
      expect(cells).toEqual(texts.map(guardCell))
      expect(cells.map(unguardCell)).toEqual(texts)
    }),
    { numRuns: 300 },
  )
})

test('every first and second character that could matter', async () => {
  const characters = [...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)).slice(1), 'é', '＝', '\u2212', '\u200B', '🙂']
  const texts = characters.flatMap((first) => [first, ...characters.map((second) => `${first}${second}x`)])
  expect(await guardInSql(texts)).toEqual(texts.map(guardCell))
})

test('null stays null', async () => {
  const { rows } = await sql<{ cell: null }>`select ${guarded(sql`null::text`)} as cell`.execute(t.app.db)
  expect(rows[0]?.cell).toBeNull()
})
