import { expect, test } from 'vitest'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

test('a job is created, read, changed and deleted', async () => {
  const created = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', tech_stack: ['C++', 'c++', 'Go'] } })
  expect(created).toMatchObject({ company: 'Northwind', tech_stack: ['C++', 'Go'], status: 'open', version: 1, deleted_at: null })
  expect(await t.client.jobs.get({ params: { id: created.id } })).toEqual(created)

  const changed = await t.client.jobs.update({ params: { id: created.id }, body: { notes: 'call Ana' } })
  expect(changed).toMatchObject({ notes: 'call Ana', version: 2 })

  await t.client.jobs.delete({ params: { id: created.id } })
  await expect(t.client.jobs.get({ params: { id: created.id } })).rejects.toMatchObject({ problem: { code: 'not_found' } })
  expect(await t.client.jobs.restore({ params: { id: created.id } })).toMatchObject({ deleted_at: null, notes: 'call Ana' })
})
