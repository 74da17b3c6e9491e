import { describe, expect, test } from 'vitest'
import { type Application, ApplicationStatus } from '../../../contract/applications.ts'
import type { ListPage } from './api.ts'
import { filtersHolding, movedInList } from './moved-in-lists.ts'
import type { ListQuery } from './search.ts'

const application = (id: string, status: ApplicationStatus) => ({ id, status }) as Application
const listOf = (asked: ListQuery, items: Application[], counts: Partial<Record<ApplicationStatus, number>>) => {
  const none = Object.fromEntries(ApplicationStatus.options.map((status) => [status, 0])) as Record<ApplicationStatus, number>
  const page = { asked, items, next_cursor: null, total: { value: items.length, relation: 'exact' }, by_status: { ...none, ...counts } }
  return { pages: [page as ListPage], pageParams: [undefined] }
}
const first = (data: unknown) => (data as { pages: ListPage[] }).pages[0] as ListPage

describe('a move in the cached lists', () => {
  const moving = application('a', 'applied')
  const counts = { applied: 2, screening: 1 }
  const applied = listOf({ status: ['applied'] }, [moving, application('b', 'applied')], counts)
  const screening = listOf({ status: ['screening'] }, [application('c', 'screening')], counts)
  const matching = filtersHolding([applied, screening], 'a')
  const moved = (data: unknown) => first(movedInList(data, { application: moving, to: 'screening' }, matching))

  test('takes the card out of its column and puts it on top of the other', () => {
    expect(moved(applied).items.map((item) => item.id)).toEqual(['b'])
    expect(moved(screening).items.map((item) => [item.id, item.status])).toEqual([
      ['a', 'screening'],
      ['c', 'screening'],
    ])
  })

  test('carries the counts of every list of the same filter along', () => {
    for (const list of [applied, screening]) expect(moved(list).by_status).toMatchObject({ applied: 1, screening: 2 })
    expect(moved(applied).total.value).toBe(1)
    expect(moved(screening).total.value).toBe(2)
  })

  test('leaves lists of another filter alone, and changes the row of a table in its place', () => {
    const other = listOf({ q: 'northwind', status: ['screening'] }, [], counts)
    expect(movedInList(other, { application: moving, to: 'screening' }, matching)).toBe(other)
    const table = listOf({ sort: 'company' }, [application('b', 'applied'), moving], counts)
    expect(moved(table).items.map((item) => [item.id, item.status])).toEqual([
      ['b', 'applied'],
      ['a', 'screening'],
    ])
  })
})
