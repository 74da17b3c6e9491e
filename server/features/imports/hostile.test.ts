import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { canonicalDump } from '../../../testing/canonical-dump.ts'
import { useTestApp } from '../../../testing/test-app.ts'

vi.setConfig({ testTimeout: 60_000 })

const t = useTestApp()
beforeEach(() => t.app.pool.query('truncate jobs, imports, import_rows, import_mappings cascade'))

const post = (file: Uint8Array, fields: Record<string, string> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([file as Uint8Array<ArrayBuffer>]), 'x.csv')
  return fetch(`${t.url}/api/v1/imports`, { method: 'POST', body: form })
}

const good = [
  'Company,Title,Status,Date Applied,Salary,Notes,Job URL,Skills\r\nCafé,"Engi""neer",Applied,2026-01-05,$120k–$150k,"two\r\nlines",https://a.example/1,"a, b"\r\nB,Dev,Rejected,06/25/2026,,,,\r\n',
  'id,company,title,tech_stack,version,created_at\r\n019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e,A,B,"[""C++""]",1,2026-01-01T00:00:00.000Z\r\n',
  '{"exported_at":"2026-01-01T00:00:00.000Z","version":1,"filters":{},"items":[{"id":"019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e","company":"A","title":"B","version":1,"created_at":"2026-01-01T00:00:00.000Z"}],"count":1}',
  '[{"company":"A","title":"B","locations":["x","y"],"date_posted":1714605534}]',
].flatMap((text) => [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le')])

test('property: files with damaged bytes are imported in part, refused with a reason, or fail row by row; never a 5xx', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 10, 13, 34, 44, 0xc3, 0xff), fc.nat(255))), {
    minLength: 1,
    maxLength: 6,
  })
  const cut = fc.option(fc.nat(), { nil: null })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...good),
      damage,
      cut,
      fc.constantFrom('skip', 'update', 'create'),
      fc.constantFrom('partial', 'atomic'),
      async (file, flips, end, on_duplicate, mode) => {
        const bytes = Buffer.from(file)
        for (const [at, byte] of flips) bytes[at % bytes.length] = byte
        const before = await canonicalDump(t.app)
        const response = await post(end === null ? bytes : bytes.subarray(0, end % bytes.length), { on_duplicate, mode })
        const answer = await response.json()
        expect([201, 415, 422], JSON.stringify(answer)).toContain(response.status)
        if (response.status !== 201) {
          expect(await canonicalDump(t.app)).toEqual(before)
          return
        }
        expect(answer.created + answer.updated + answer.skipped + answer.failed).toBe(answer.total)
        if (answer.status === 'failed') expect(await canonicalDump(t.app)).toEqual(before)
        else {
          const undone = await t.client.imports.undo({ params: { id: answer.id } })
          expect(undone.undo?.left).toBe(0)
          expect(await canonicalDump(t.app)).toEqual(before)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('what PostgreSQL cannot store is refused cell by cell, and kept for the file of failed rows', async () => {
  const wide = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
  const response = await post(wide('company,title,notes\nA,B,nul\0here\nC,D,half \ud800 here\nE,F,fine 😀\n'))
  const done = await response.json()
  expect(done).toMatchObject({ created: 1, failed: 2 })
  expect(done.errors).toMatchObject([
    { row: 2, column: 'notes', value: 'nul␀here' },
    { row: 3, column: 'notes', value: 'half \ufffd here' },
  ])
  const file = await t.client.imports.rows({ params: { id: done.id }, query: { format: 'csv' } })
  expect(await file.text()).toContain('A,B,nul\0here')
})

test('names that objects have by themselves are only names', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const response = await post(Buffer.from(`company,title,${names.join(',')}\nA,B,1,2,3,4\n`), {
    mapping: JSON.stringify({ columns: { constructor: 'notes' } }),
  })
  expect(await response.json()).toMatchObject({ created: 1, unmapped_columns: ['__proto__', 'toString', 'hasOwnProperty'] })
  const json = await post(Buffer.from('[{"company":"A","title":"C","__proto__":{"notes":"x"},"constructor":"y"}]'))
  expect(await json.json()).toMatchObject({ created: 1 })
  expect((await t.client.jobs.list({ query: { sort: 'title' } })).items).toMatchObject([{ notes: '2' }, { notes: null }])
})

test('markup, formulas and SQL are text like any other', async () => {
  const texts = ["'; drop table jobs; --", '=cmd|"/C calc"!A0', '<img src=x onerror=alert(1)>', '{{7*7}}', '%s%n', '\\N', "O'Brien"]
  const lines = texts.map((text) => `"${text.replaceAll('"', '""')}",B`)
  expect(await (await post(Buffer.from(['company,title', ...lines].join('\n')))).json()).toMatchObject({ created: texts.length })
  const { items } = await t.client.jobs.list({ query: { sort: 'created_at' } })
  expect(items.map(({ company }) => company)).toEqual(texts)
})

test('a javascript address is no web address', async () => {
  const done = await (
    await post(Buffer.from('company,title,link,url\nA,B,javascript:alert(1),\nC,D,,javascript:alert(1)\n'), {
      mapping: '{"columns":{"link":null}}',
    })
  ).json()
  expect(done).toMatchObject({ created: 1, failed: 1, errors: [{ row: 3, column: 'url', code: 'invalid_value' }] })
})

test('very wide, very long and very many', async () => {
  const long = `company,title,notes\nA,B,${'x'.repeat(100_000)}\nC,D,${'y'.repeat(100_001)}\n`
  expect(await (await post(Buffer.from(long))).json()).toMatchObject({
    created: 1,
    failed: 1,
    errors: [{ column: 'notes', code: 'too_long' }],
  })
  const wide = `company,title,${Array.from({ length: 998 }, (_, at) => `c${at}`).join(',')}\nE,F\n`
  expect(await (await post(Buffer.from(wide))).json()).toMatchObject({ created: 1, total: 1 })
  expect((await post(Buffer.from(`company,title,${'c,'.repeat(1_000)}\n`))).status).toBe(422)
  const words = `company,title,status\n${Array.from({ length: 300 }, (_, at) => `G${at},H,word ${at}\n`).join('')}`
  const done = await (await post(Buffer.from(words), { kind: 'applications' })).json()
  expect(done).toMatchObject({ total: 300, failed: 300 })
  expect(done.status_words).toHaveLength(200)
})
