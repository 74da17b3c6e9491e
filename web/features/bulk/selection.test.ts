import { describe, expect, test } from 'vitest'
import {
  drop,
  extend,
  isEmpty,
  isSelected,
  nothing,
  type Selection,
  selectAll,
  selectOnly,
  selectThese,
  shareOf,
  toggle,
  walk,
} from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e', 'f']
const ids = (selection: Selection) => [...selection.ids].toSorted().join('')
const selected = (...names: string[]) => names.reduce((now, id) => toggle(now, id, order), nothing)

describe('selection', () => {
  test('a row goes in and out again', () => {
    expect(ids(selected('b', 'd'))).toBe('bd')
    expect(isEmpty(selected('b', 'b'))).toBe(true)
  })

  test('a range goes from the row before, either way, and a second one replaces the first', () => {
    const range = extend(selected('c'), 'e', order)
    expect(ids(range)).toBe('cde')
    expect(ids(extend(range, 'a', order))).toBe('abc')
    expect(ids(extend(range, 'd', order))).toBe('cd')
  })

  test('what was selected before the range stays', () => {
    const range = extend(selected('a', 'c'), 'e', order)
    expect(ids(range)).toBe('acde')
    expect(ids(extend(range, 'c', order))).toBe('ac')
  })

  test('a range from a row that was taken out takes out', () => {
    const all = selectThese(nothing, order)
    expect(ids(extend(toggle(all, 'b', order), 'd', order))).toBe('aef')
  })

  test('without a row to begin at, a range is that row', () => {
    expect(ids(extend(nothing, 'c', order))).toBe('c')
    expect(ids(extend(extend(nothing, 'c', order), 'e', order))).toBe('cde')
    // The row it began at is not in the list any more.
    expect(ids(extend(selected('x'), 'c', order))).toBe('cx')
    // Of a row that is selected already, it keeps it.
    expect(ids(extend(selectOnly(nothing, ['c']), 'c', order))).toBe('c')
  })

  test('the cursor takes rows along, gives them back on its way back, and begins anew elsewhere', () => {
    const down = walk(walk(nothing, 'b', 'c', order), 'c', 'd', order)
    expect(ids(down)).toBe('bcd')
    expect(ids(walk(down, 'd', 'c', order))).toBe('bc')
    expect(ids(walk(down, 'f', 'e', order))).toBe('bcdef')
    expect(ids(walk(nothing, null, 'a', order))).toBe('a')
    expect(walk(selectAll(nothing), 'a', 'b', order).isAll).toBe(true)
  })

  test('everything has every row; one taken out leaves the others that are loaded', () => {
    const everything = selectAll(selected('b'))
    expect(isSelected(everything, 'not loaded')).toBe(true)
    expect(extend(everything, 'c', order)).toBe(everything)
    const fewer = toggle(everything, 'c', order)
    expect(fewer.isAll).toBe(false)
    expect(ids(fewer)).toBe('abdef')
    expect(ids(extend(fewer, 'e', order))).toBe('abf')
  })

  test('rows that go are not selected either, and nothing changes if they were not', () => {
    const two = selected('b', 'd')
    expect(ids(drop(two, new Set(['d', 'e'])))).toBe('b')
    expect(drop(two, new Set(['e']))).toBe(two)
    expect(ids(extend(drop(selected('b', 'c'), new Set(['b'])), 'e', order))).toBe('cde')
  })

  test('the box of the header', () => {
    expect(shareOf(nothing, order)).toBe('none')
    expect(shareOf(selected('b'), order)).toBe('some')
    expect(shareOf(selectThese(nothing, order), order)).toBe('all')
    expect(shareOf(selectAll(nothing), order)).toBe('all')
    expect(shareOf(nothing, [])).toBe('none')
  })

  test('the mode of a phone outlives what is selected', () => {
    const picking = { ...nothing, isPicking: true }
    expect(toggle(toggle(picking, 'a', order), 'a', order).isPicking).toBe(true)
    expect(selectAll(picking).isPicking).toBe(true)
    expect(selectOnly(picking, ['a']).isPicking).toBe(true)
  })
})
