import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'
import { tablesOfPeople } from '../../../testing/whole-dump.ts'
import { backupFiles, tablesLeftOut } from './parts.ts'

const t = useTestApp()

test('every table of a person is in a file, or left out on purpose', async () => {
  const inFiles = backupFiles.flatMap(({ tables }) => tables.flatMap((table) => [table.table, ...(table.holds ? [table.holds.table] : [])]))
  const tables = await tablesOfPeople(t.app)
  expect(tables.filter((table) => !inFiles.includes(table as never) && !(table in tablesLeftOut))).toEqual([])
  expect(inFiles.filter((table) => !tables.includes(table) || table in tablesLeftOut)).toEqual([])
})
