import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// @ts-expect-error it comes without types
import spectrum from 'csv-spectrum'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvReader } from './csv-records.ts'
import { openTable } from './table.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landed-reading-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function tableOf(content: string | Uint8Array) {
  const path = join(folder, String(files++))
  await writeFile(path, content)
  const table = await openTable(path, (names) => names.includes('company'))
  const rows = []
  for await (const batch of table.batches()) rows.push(...batch)
  return { ...table, rows }
}
const cellsOf = async (content: string | Uint8Array) => (await tableOf(content)).rows.map(({ cells }) => cells)
const refusal = (content: string | Uint8Array) =>
  tableOf(content).then(
    () => 'read',
    (error) => error.fieldErrors?.[0].code ?? error.code,
  )

type Sample = { name: string; csv: Buffer; json: Buffer }

test('csv-spectrum is read as it says', async () => {
  const samples = await new Promise<Sample[]>((done, fail) =>
    spectrum((error: unknown, found: Sample[]) => (error ? fail(error) : done(found))),
  )
  expect(samples.length).toBeGreaterThan(10)
  for (const { name, csv, json } of samples) {
    const { columns, rows } = await tableOf(csv)
    const records = rows.map(({ cells }) => Object.fromEntries(columns.map((column, at) => [column, cells[at]])))
    // One sample of the package has another telephone number in its CSV than in its JSON.
    const expected = json.toString().replace('1234567890', '2095257564')
    expect(records, name).toEqual([JSON.parse(expected)].flat())
  }
})

test.each([
  ['comma', ',', 'company,title\nA,B\n'],
  ['semicolon', ';', 'company;title\nA, Inc;B, or C\n'],
  ['tab', '\t', 'company\ttitle\nA, Inc\tB; or C\n'],
  ['bar', '|', 'company|title\nA, Inc|B; or C\n'],
  ['what Excel says', ';', 'sep=;\r\ncompany;title\r\nA;B\r\n'],
  ['more commas in the text than semicolons', ';', 'company;title\n"a,b,c,d,e,f";x,y,z\n'],
  ['one column', ',', 'company\nA\n'],
])('the separator is found: %s', async (_, delimiter, text) => {
  const { delimiter: found, columns, rows } = await tableOf(text)
  expect(found).toBe(delimiter)
  expect(columns[0]).toBe('company')
  expect(rows).toHaveLength(1)
})

const accents = 'company,title\r\nCafé Łódź,Größe 田中 👩‍👧\r\n'
const utf16 = (text: string, bom: boolean, swap: boolean) => {
  const bytes = Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le')
  return swap ? bytes.swap16() : bytes
}
test.each([
  ['UTF-8', Buffer.from(accents)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${accents}`)],
  ['UTF-16 LE', utf16(accents, true, false)],
  ['UTF-16 BE', utf16(accents, true, true)],
  ['UTF-16 LE without a mark', utf16(accents, false, false)],
  ['UTF-16 BE without a mark', utf16(accents, false, true)],
])('the encoding is found: %s', async (_, bytes) => {
  expect(await cellsOf(bytes)).toEqual([['Café Łódź', 'Größe 田中 👩‍👧']])
})

test('the encoding is found: Windows-1252', async () => {
  expect(await cellsOf(Buffer.concat([Buffer.from('company,title\nCaf'), Buffer.from([0xe9, 0x80]), Buffer.from(',B\n')]))).toEqual([
    ['Café€', 'B'],
  ])
})

test('one damaged byte does not garble the rest of a UTF-8 file', async () => {
  const { damaged, rows } = await tableOf(
    Buffer.concat([Buffer.from('company,title\nCafé,Größe\nx'), Buffer.from([0xff]), Buffer.from(',y\n')]),
  )
  expect(damaged).toBe(true)
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['Café', 'Größe'],
    ['x\ufffd', 'y'],
  ])
})

test('any line ends, blank lines counted but not given, rows numbered as a spreadsheet numbers them', async () => {
  const { rows } = await tableOf('company,title\r\na,"two\r\nlines"\n\n,\r\nb,2\rc,3')
  expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
    [2, 'a', 'two\r\nlines'],
    [5, 'b', '2'],
    [6, 'c', '3'],
  ])
})

test('short rows are padded, long ones flawed, separators at the end forgiven', async () => {
  const { rows } = await tableOf('company,title,x\na\nb,1,2,3\nc,1,2,,\n')
  expect(rows).toMatchObject([
    { cells: ['a', '', ''], short: true, flaw: null },
    { cells: ['b', '1', '2', '3'], flaw: 'long_row' },
    { cells: ['c', '1', '2'], flaw: null },
  ])
})

test('quotes where they may not be are told, and the rows after them are read', async () => {
  const { rows } = await tableOf('company,title\n5" pipes,a\n"x" y,b\n"fine ""quoted""",c\n"spaces" ,d\n')
  expect(rows.map(({ cells, flaw }) => [cells[1], flaw])).toEqual([
    ['a', 'stray_quote'],
    ['b', 'stray_quote'],
    ['c', null],
    ['d', null],
  ])
  expect((await tableOf('company\ttitle\n5" pipes\ta\n')).rows[0]).toMatchObject({ cells: ['5" pipes', 'a'], flaw: null })
})

test('columns without a name or with one that is taken get one; a title above the header is passed over', async () => {
  const { columns, rows } = await tableOf('My job search,,,\n\ncompany,title,,title\nA,B,C,D\n')
  expect(columns).toEqual(['company', 'title', 'Column 3', 'title#2'])
  expect(rows).toMatchObject([{ row: 4, cells: ['A', 'B', 'C', 'D'] }])
})

test('files that are no table are refused with a reason', async () => {
  expect(await refusal('')).toBe('empty_file')
  expect(await refusal('\n\n \r\n')).toBe('empty_file')
  expect(await refusal('\ufeff')).toBe('empty_file')
  expect(await refusal('company,title\nA,"never closed\nB,C\n')).toBe('unclosed_quote')
  expect(await refusal(`company,title\nA,"${'x,\n'.repeat(3_000_000)}`)).toBe('unclosed_quote')
  expect(await refusal(`${'a,'.repeat(1_001)}\n`)).toBe('too_many_columns')
  expect(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe('unsupported_media_type')
  expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).toBe('unsupported_media_type')
  expect(await refusal('%PDF-1.7')).toBe('unsupported_media_type')
  expect(await refusal('<html><table><tr><td>company')).toBe('unsupported_media_type')
  expect(await refusal('[]')).toBe('empty_file')
  expect(await refusal('["a"]')).toBe('no_records')
  expect(await refusal('{"a": 1}')).toBe('no_records')
  expect(await refusal('[{"company":"A"},')).toBe('malformed_json')
  expect(await refusal('[{"company":"A"} {"company":"B"}]')).toBe('malformed_json')
  expect(await refusal('[{"company":A}]')).toBe('malformed_json')
  expect(await refusal(`[{"company":"A","x":${'['.repeat(99)}${']'.repeat(99)}}]`)).toBe('malformed_json')
  expect(await refusal(`[{"company":"A","x":${'{"a":'.repeat(1_000_000)}`)).toBe('malformed_json')
  expect(await refusal('{"exported_at":"x","items":[{"company":"A"}]}')).toBe('incomplete_file')
  expect(await refusal('{"exported_at":"x","items":[{"company":"A"}],"count":2}')).toBe('incomplete_file')
})

test('JSON: a list of records, bare or under a name, whatever is nested in them', async () => {
  const items = [
    { company: 'A [1] {2}', tags: ['x', 'y'] },
    { company: 'B "q" \\', more: { deep: [{ a: 1 }] } },
  ]
  for (const text of [JSON.stringify(items), JSON.stringify({ filters: { a: ['b'] }, items, count: 2 }, null, 2)]) {
    const { format, columns, rows } = await tableOf(text)
    expect(format).toBe('json')
    expect(columns).toEqual(['company', 'tags', 'more'])
    expect(rows).toEqual([
      { row: 1, cells: ['A [1] {2}', ['x', 'y'], undefined], flaw: null, short: false },
      { row: 2, cells: ['B "q" \\', undefined, { deep: [{ a: 1 }] }], flaw: null, short: false },
    ])
  }
})

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

test('property: what is quoted comes back, wherever the pieces of the file are cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '😀') })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constant('k'), cell, cell), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(40), { maxLength: 8 }),
      (rows, cuts) => {
        const text = rows.map((row) => row.map((one, at) => (at > 0 || /[",\r\n]/.test(one) ? quoted(one) : one)).join(',')).join('\r\n')
        const reader = csvReader(',')
        const read: string[][] = []
        let left = text
        for (const cut of cuts) {
          for (const record of reader.push(left.slice(0, cut))) read.push(record.cells)
          left = left.slice(cut)
        }
        for (const record of reader.push(left)) read.push(record.cells)
        for (const record of reader.end()) read.push(record.cells)
        expect(read).toEqual(rows)
      },
    ),
    { numRuns: 500 },
  )
})
