import { expect, test } from 'vitest'
import { fitColumns } from './column-widths.ts'

const columns = [
  { id: 'company', min: 100, ideal: 160, grow: 1, spare: 0 },
  { id: 'title', min: 150, ideal: 240, grow: 3, spare: 0 },
  { id: 'skills', min: 100, ideal: 200, grow: 1, spare: 2 },
  { id: 'added', min: 80, ideal: 100, grow: 0, spare: 1 },
]

test('what is left over goes to those that grow', () => {
  expect(fitColumns(columns, {}, 800, true).widths).toEqual({ company: 180, title: 300, skills: 220, added: 100 })
})

test('a narrow room shrinks columns, then leaves out those that matter least', () => {
  expect(fitColumns(columns, {}, 500, true)).toMatchObject({ leftOut: [] })
  expect(fitColumns(columns, {}, 400, true).leftOut).toEqual(['skills'])
  expect(fitColumns(columns, {}, 200, true)).toEqual({ leftOut: ['skills', 'added'], widths: { company: 100, title: 150 } })
})

test('columns that were chosen all stay, and a width set by hand is kept', () => {
  expect(fitColumns(columns, { title: 500 }, 400, false)).toEqual({
    leftOut: [],
    widths: { company: 100, title: 500, skills: 100, added: 80 },
  })
})
