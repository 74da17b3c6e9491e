import { describe, expect, test } from 'vitest'
import { mergeFilter, partsOf, problemsIn, takePieces, textOf, typedAt, wordsOf } from './pieces.ts'
import { applicationSyntax, jobSyntax } from './syntaxes.ts'

/** The caret is where the | stands. */
const at = (text: string) => ({ text: text.replace('|', ''), caret: text.indexOf('|') })
const take = (marked: string, when: 'typing' | 'leaving' = 'typing') => {
  const { text, caret } = at(marked)
  const taken = takePieces(jobSyntax, text, caret, when)
  return { box: `${taken.text.slice(0, taken.caret)}|${taken.text.slice(taken.caret)}`, filter: taken.filter }
}

describe('what is typed becomes chips', () => {
  test('a piece with a space after it leaves the box, the caret stays where it was', () => {
    expect(take('company:acme|')).toEqual({ box: 'company:acme|', filter: {} })
    expect(take('company:acme |')).toEqual({ box: '|', filter: { company: ['acme'] } })
    expect(take('plat company:acme | team')).toEqual({ box: 'plat | team'.replace('| ', '|'), filter: { company: ['acme'] } })
    expect(take('company:"Acme, |')).toEqual({ box: 'company:"Acme, |', filter: {} })
  })

  test('a whole line at once, and all of it when the box is left', () => {
    const line = 'company:acme status:open salary:>80000 "platform team" -junior|'
    const filter = { company: ['acme'], status: ['open'], salary_min: 80_000 }
    expect(take(line)).toEqual({ box: '"platform team" -junior|', filter })
    expect(take('go remote:remote|', 'leaving')).toEqual({ box: 'go |', filter: { remote_option: ['remote'] } })
  })

  test('what cannot be read stays, words stay, and so does what belongs to another page', () => {
    expect(take('status:opn go |', 'leaving')).toEqual({ box: 'status:opn go |', filter: {} })
    expect(take('q:"status:open" |', 'leaving')).toEqual({ box: 'q:"status:open" |', filter: {} })
    expect(take('deleted:only |', 'leaving')).toEqual({ box: 'deleted:only |', filter: {} })
  })

  test('lists grow, bounds are replaced', () => {
    expect(mergeFilter({ company: ['a', 'b'], salary_min: 1 }, { company: ['b', 'c'], salary_min: 2 })).toEqual({
      company: ['a', 'b', 'c'],
      salary_min: 2,
    })
  })
})

test('words are the rest, and come back as they were', () => {
  expect(wordsOf(jobSyntax, 'plat status:opn company:ac')).toBe('plat ')
  expect(wordsOf(jobSyntax, '   ')).toBeUndefined()
  for (const q of ['plat', 'plat ', '"platform team" -junior', 'status:open', 'a "b'])
    expect(wordsOf(jobSyntax, textOf(jobSyntax, q))).toBe(q)
})

test('a problem waits until its piece is left', () => {
  const said = (marked: string) => {
    const { text, caret } = at(marked)
    return problemsIn(jobSyntax, text, caret < 0 ? null : caret).map((one) => one.message)
  }
  expect(said('status:op|')).toEqual([])
  expect(said('status:op |')).toEqual(['op is none of open, closed, archived.'])
  expect(said('status:op')).toEqual(['op is none of open, closed, archived.'])
  expect(said('deleted:only')).toEqual(['What was deleted is in the trash, which has a page of its own.'])
  const text = 'go status:op -junior'
  expect(partsOf(text, problemsIn(jobSyntax, text, null))).toEqual([
    { text: 'go ', kind: 'words' },
    { text: 'status:', kind: 'filter' },
    { text: 'op', kind: 'problem' },
    { text: ' -junior', kind: 'words' },
  ])
})

describe('what could be meant', () => {
  const typed = (marked: string) => {
    const { text, caret } = at(marked)
    return typedAt(text, caret)
  }
  test('words up to the caret, and the last of them', () => {
    expect(typed('-junior platform eng|')).toMatchObject({
      kind: 'words',
      text: 'platform eng',
      last: 'eng',
      lastPlace: { at: 17, length: 3 },
    })
    expect(typed('platform |')).toBeNull()
    expect(typed('plat|form')).toBeNull()
    expect(typed('"platform te|')).toBeNull()
  })
  test('the value of a filter, also the second and the first that is empty', () => {
    expect(typed('status:|')).toMatchObject({ kind: 'value', name: 'status', text: '', place: { at: 7, length: 0 }, before: [] })
    expect(typed('go status:open,cl|')).toMatchObject({ name: 'status', text: 'cl', place: { at: 15, length: 2 }, before: ['open'] })
    expect(typed('company:"Acme C|')).toMatchObject({ name: 'company', text: 'Acme C', place: { at: 8, length: 7 } })
  })
})

test('both lists offer what their chips show', () => {
  expect(jobSyntax.names.map(({ name }) => name)).toContain('skill')
  expect(applicationSyntax.names.map(({ name }) => name)).toEqual(['status', 'applied', 'follow_up', 'interview', 'silent'])
})
