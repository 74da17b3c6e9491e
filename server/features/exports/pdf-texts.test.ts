import { expect, test } from 'vitest'
import { readPdf } from '../../../testing/read-pdf.ts'
import { useTestApp } from '../../../testing/test-app.ts'
import { breakable, cut } from './pdf/text.ts'

const t = useTestApp()

async function reportOf(company: string, query: object = {}) {
  const response = await t.client.exports.jobs({ query: { company: [company], format: 'pdf', ...query } as never })
  return readPdf(await response.arrayBuffer())
}
const squeezed = (text: string) => text.replace(/\s/g, '')

test('what people wrote is text, never markup', async () => {
  const said = '#eval("1+1") $x^2$ *bold* _it_ @ref `raw` \\ \\u{41} <label> // c /* c */ [a] {b} #image("/document.json") = Head'
  await t.client.jobs.create({
    body: { company: said, title: said, notes: said, source: said, tech_stack: [said.slice(0, 20), '<b>&amp;</b>'] },
  })
  const { text } = await reportOf(said, { fields: ['company', 'title', 'notes'] })
  expect(squeezed(text).split(squeezed(said))).toHaveLength(4)
  expect(text).toContain('<b>&amp;</b>')
})

const scripts: [script: string, text: string, font: RegExp][] = [
  ['accents', 'Łódź Škoda Ðingo Þór ñ ș', /NotoSans-/],
  ['Greek', 'Ωμέγα Σύστημα Αθήνα', /NotoSans-/],
  ['Cyrillic', 'Съешь ещё булок', /NotoSans-/],
  ['Arabic', 'مهندس', /NotoSansArabic/],
  ['Hebrew', 'מהנדס', /NotoSansHebrew/],
  ['Chinese', '高级工程师', /NotoSansSC/],
  ['traditional Chinese', '軟體工程師', /NotoSansSC/],
  ['Japanese', 'エンジニア働込峠', /NotoSansSC/],
  ['Korean', '백엔드', /NotoSansKR/],
  ['emoji', '🚀', /NotoEmoji/],
  ['arrows and stars', '→★', /NotoSansSC/],
]

test('every script comes out in a font that has it', async () => {
  for (const [, text] of scripts) await t.client.jobs.create({ body: { company: 'Babel', title: text } })
  const { pieces } = await reportOf('Babel', { fields: ['title'] })
  for (const [script, text, font] of scripts) {
    const found = pieces.filter((piece) => [...text].some((letter) => letter !== ' ' && piece.text.includes(letter)))
    // Joined letters may be told apart from how they were written, but each is there once.
    expect(found.length, script).toBeGreaterThan(0)
    for (const piece of found) expect(piece.font, `${script}: ${piece.text}`).toMatch(font)
  }
})

test('long words wrap or are cut, and nothing leaves the page or its column', async () => {
  const words = ['W'.repeat(500), `https://example.com/${'segment-'.repeat(60)}`, '漢'.repeat(500), 'é\u0301'.repeat(200)]
  for (const word of words) {
    await t.client.jobs.create({
      body: {
        company: `Long ${word}`.slice(0, 500),
        title: word.slice(0, 500),
        description: word.repeat(200).slice(0, 20_000),
        location: word.slice(0, 500),
      },
    })
  }
  for (const query of [
    {},
    { fields: ['company', 'title', 'description'] },
    { fields: ['company', 'title', 'description', 'location', 'status', 'created_at', 'source', 'priority'] },
  ]) {
    const { pieces, size, text } = await reportOf('Long', query)
    for (const { text, left, right } of pieces) {
      expect(left, text).toBeGreaterThan(50)
      expect(right, text).toBeLessThan(size[0] - 50)
    }
    expect(squeezed(text)).toContain('W'.repeat(90))
    expect(text).toContain('…')
  }
})

test('texts of 20 kB and more are cut to what a page holds', async () => {
  const description = 'We build reliable things. '.repeat(3_000)
  for (let at = 0; at < 5; at++)
    await t.client.jobs.create({ body: { company: 'Wordy', title: 'Engineer', description, notes: description } })
  const { pages, text } = await reportOf('Wordy', { fields: ['description', 'notes'] })
  expect(pages.length).toBeLessThanOrEqual(2)
  expect(text.match(/…/g)).toHaveLength(10)
})

test('cut counts what people see as characters, and leaves none in halves', () => {
  expect(cut('one\n two\tthree', 100)).toBe('one two three')
  expect(cut('a\u0000\u202Eb\uFEFFc\u0085', 100)).toBe('abc')
  expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…')
  expect(cut('𝗦𝗲𝗻𝗶𝗼𝗿 engineer', 100)).toBe('Senior engineer')
  expect(cut('a\u0301\u0302\u0303\u0304\u0305\u0306', 100)).toBe('a\u0301\u0302\u0303')
  for (let most = 1; most < 40; most++) expect(cut('😀'.repeat(1_000), most).isWellFormed()).toBe(true)
  expect(cut(`😀${'\u{1f3fb}'.repeat(500)}`, 3).isWellFormed()).toBe(true)
})

test('long words may break where they are joined, others stay whole', () => {
  const said = (text: string, length: number) => breakable(text, length).split('\u200b')
  expect(said('a plain sentence of usual words', 12)).toEqual(['a plain sentence of usual words'])
  expect(said('tomas.quintela@marulho.example', 12)).toEqual(['tomas.', 'quintela@', 'marulho.', 'example'])
  expect(said('abcdefghijklm', 6)).toEqual(['abc', 'def', 'ghi', 'jkl', 'm'])
  expect(said('漢字漢字漢字漢字', 3)).toEqual(['漢字漢字漢字漢字'])
})
