import fc from 'fast-check'
import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'
import { foldFor } from './folding.ts'
import { highlight } from './highlight.ts'
import { tokensOf } from './tokens.ts'

const t = useTestApp()

// Short enough that all of it is shown.
const texts = fc
  .array(
    fc.constantFrom(
      'C++',
      'c',
      'C#',
      '.NET',
      'dotnet',
      'cplusplus',
      'net',
      'Größe',
      'node',
      '.js',
      'λόγος',
      ' ',
      '  ',
      '\n',
      '-',
      '/',
      '5',
      '_',
    ),
    {
      maxLength: 25,
    },
  )
  .map((pieces) => pieces.join(''))
const word = fc.constantFrom(
  'c++',
  'c#',
  '.net',
  'dotnet',
  'dot',
  'c',
  'cplus',
  'cplusplus',
  'gros',
  'grosse',
  'node',
  'net',
  'λογος',
  '5',
  'd',
)

test('marked is what the index would find, taken apart whole', async () => {
  const typed = fc.oneof(
    word,
    fc.tuple(word, word).map((two) => `"${two.join(' ')}"`),
    fc.tuple(word, word).map((two) => two.join(' ')),
  )
  await fc.assert(
    fc.asyncProperty(texts, typed, fc.boolean(), async (text, words, isTyping) => {
      const q = isTyping ? words : `${words} `
      const [{ text: shown = '' } = {}] = await highlight(t.app, q, [{ text }])
      const marked = [...shown.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, one]) => one)
      const fold = await foldFor(t.app, [q, text])
      const looked = (words.startsWith('"') ? [words] : words.split(' ')).map((one) => tokensOf(fold(one)).map(({ word }) => word))
      const isLast = (one: string[]) => isTyping && !words.endsWith('"') && one === looked.at(-1)
      const there = tokensOf(fold(text))
      const covered = new Set<number>()
      for (const [at] of there.entries()) {
        for (const one of looked.filter((one) => one.length > 0)) {
          const fits = one.every((word, next) =>
            isLast(one) && next === one.length - 1 ? there[at + next]?.word.startsWith(word) : there[at + next]?.word === word,
          )
          if (fits) for (let next = 0; next < one.length; next++) covered.add(at + next)
        }
      }
      const inMarks = tokensOf(fold(marked.join(' '))).length
      expect(inMarks).toBe(covered.size)
      expect(shown === '' ? '' : shown.replaceAll(/<\/?mark>/g, '')).toBe(covered.size === 0 ? '' : text)
    }),
    { numRuns: 400 },
  )
})
