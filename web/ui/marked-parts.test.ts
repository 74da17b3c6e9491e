import { expect, test } from 'vitest'
import { excerptOf, fromFirstHit, markedByText, markedParts } from './marked-parts.ts'

test('markup becomes text and hits, and nothing else', () => {
  expect(markedParts('a <mark>b</mark> &lt;img onerror=&quot;x&quot;&gt; &amp;amp; <mark>&#39;</mark>')).toEqual([
    { text: 'a ', isHit: false },
    { text: 'b', isHit: true },
    { text: ' <img onerror="x"> &amp; ', isHit: false },
    { text: "'", isHit: true },
  ])
  expect(markedParts('<b>not ours</b>')).toEqual([{ text: '<b>not ours</b>', isHit: false }])
  expect(markedByText('Go, <mark>C++</mark>, R&amp;D').get('C++')).toBe('<mark>C++</mark>')
  expect(markedByText('Go, R&amp;D').has('R&D')).toBe(true)
})

test('an excerpt only where it says more than what is on the screen', () => {
  const title = '<mark>Platform</mark> Engineer'
  expect(excerptOf([title], ['our <mark>platform</mark>'])).toBeNull()
  expect(excerptOf([title, undefined], [undefined, 'our <mark>platform</mark> on <mark>Kafka</mark>'])).toContain('Kafka')
  expect(excerptOf([], [undefined, 'no hit'])).toBeNull()
})

test('a line begins shortly before its first hit', () => {
  expect(fromFirstHit('run the <mark>platform</mark>')).toBe('run the <mark>platform</mark>')
  expect(fromFirstHit('… a long way before anything is said about the <mark>platform</mark> of ours')).toBe(
    '… anything is said about the <mark>platform</mark> of ours'.replace('anything ', ''),
  )
  expect(fromFirstHit(`${'x'.repeat(60)}<mark>y</mark>`)).toBe('… <mark>y</mark>')
})
