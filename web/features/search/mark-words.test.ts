import { expect, test } from 'vitest'
import { excerptWith, markWords } from './mark-words.ts'

const marked = (text: string, q: string) =>
  markWords(text, q)
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('')

test('whole words, the last one also as a beginning; accents and case make no difference', () => {
  expect(marked('A platform for São Paulo', 'sao plat')).toBe('A [platform] for [São] Paulo')
  expect(marked('Going to Google with Go', 'go ')).toBe('Going to Google with [Go]')
  expect(marked('C++, C# and C', 'c# ')).toBe('C++, [C#] and C')
})

test('phrases as a whole, left out words not at all', () => {
  expect(marked('the platform team, a team platform', '"platform team" -junior ')).toBe('the [platform team], a team platform')
  expect(marked('junior', '-junior')).toBe('junior')
  expect(marked('<b>bold</b> İstanbul', 'bold istanbul ')).toBe('<b>[bold]</b> İstanbul'.replace('İstanbul', '[İstanbul]'))
})

test('an excerpt is the first hit with a few words around it', () => {
  const text = `${'long ago '.repeat(20)}we spoke about Kafka ${'and more '.repeat(40)}`
  const said = excerptWith(text, 'kafka')
    ?.map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('')
  expect(said).toMatch(/^… (?:long|ago) .*we spoke about \[Kafka\] and more .* …$/)
  expect(said?.length).toBeLessThan(220)
  expect(excerptWith(text, 'rust')).toBeNull()
})
