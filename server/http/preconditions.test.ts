import { beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '../../contract/problems.ts'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp()

const paths = { job: '', application: '' }
beforeEach(async () => {
  const job = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
  const application = await t.client.applications.create({ body: { job_id: job.id } })
  paths.job = `/api/v1/jobs/${job.id}`
  paths.application = `/api/v1/applications/${application.id}`
})

const ask = async (method: string, path: string, sent: { body?: unknown; headers?: Record<string, string> } = {}) => {
  const answer = await t.send(method, path, sent)
  const body = answer.status === 204 ? {} : ((await answer.json()) as Partial<Problem> & { version?: number })
  return { status: answer.status, code: body.code, version: body.version, etag: answer.headers.get('etag') }
}
const stale = (version: number) => ({ status: 412, code: 'stale_version', version: undefined, etag: `"${version}"` })

describe.each(['job', 'application'] as const)('of a %s', (kind) => {
  test('the ETag is the version, on every answer that has the record', async () => {
    const path = paths[kind]
    expect(await ask('GET', path)).toMatchObject({ status: 200, version: 1, etag: '"1"' })
    expect(await ask('PATCH', path, { body: { notes: 'x' } })).toMatchObject({ status: 200, version: 2, etag: '"2"' })
    expect(await ask('PATCH', path, { body: { notes: 'x' } })).toMatchObject({ status: 200, version: 2, etag: '"2"' })
    expect(await ask('DELETE', path)).toMatchObject({ status: 204, etag: null })
    expect(await ask('POST', `${path}/restore`)).toMatchObject({ status: 200, version: 4, etag: '"4"' })
    expect((await t.send('HEAD', path)).headers.get('etag')).toBe('"4"')
  })

  test.each(['"1"', 'W/"1"', '"7", "1"', '*', ' "1" '])('If-Match: %s lets the change through', async (tag) => {
    expect(await ask('PATCH', paths[kind], { body: { notes: 'x' }, headers: { 'if-match': tag } })).toMatchObject({
      status: 200,
      version: 2,
    })
  })

  test.each(['"2"', '"0"', '"-1"', '"01x"', '1x', '""', '"2", "3"', '"1', 'x'])(
    'If-Match: %s does not, and nothing changes',
    async (tag) => {
      const path = paths[kind]
      expect(await ask('PATCH', path, { body: { notes: 'x' }, headers: { 'if-match': tag } })).toEqual(stale(1))
      expect(await ask('DELETE', path, { headers: { 'if-match': tag } })).toEqual(stale(1))
      expect(await ask('DELETE', `${path}?permanent=true`, { headers: { 'if-match': tag } })).toEqual(stale(1))
      expect(await ask('POST', `${path}/restore`, { headers: { 'if-match': tag } })).toEqual(stale(1))
      expect(await ask('GET', path)).toMatchObject({ status: 200, version: 1 })
    },
  )

  test('a version in the body is a precondition too, and with both both must hold', async () => {
    const path = paths[kind]
    expect(await ask('PATCH', path, { body: { notes: 'x', version: 2 } })).toEqual(stale(1))
    expect(await ask('PATCH', path, { body: { notes: 'x', version: 1 }, headers: { 'if-match': '"2"' } })).toEqual(stale(1))
    expect(await ask('PATCH', path, { body: { notes: 'x', version: 2 }, headers: { 'if-match': '"1"' } })).toEqual(stale(1))
    expect(await ask('PATCH', path, { body: { notes: 'x', version: 1 }, headers: { 'if-match': '"1"' } })).toMatchObject({
      status: 200,
      version: 2,
    })
    expect(await ask('PATCH', path, { body: { version: 2 } })).toMatchObject({ status: 200, version: 2 })
    expect(await ask('PATCH', path, { body: { version: '2' } })).toMatchObject({ status: 422 })
    // Also where the change would be none.
    expect(await ask('PATCH', path, { body: { notes: 'x', version: 1 } })).toEqual(stale(2))
  })

  test('of two who change the same version one is told', async () => {
    const answers = await Promise.all(
      ['x', 'y', 'z'].map((notes) => ask('PATCH', paths[kind], { body: { notes }, headers: { 'if-match': '"1"' } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412])
  })

  test('what is not there is 404, whatever version is expected', async () => {
    const missing = paths[kind].replace(/[^/]+$/, '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e')
    for (const tag of ['*', '"1"']) expect((await ask('PATCH', missing, { body: {}, headers: { 'if-match': tag } })).status).toBe(404)
    await t.send('DELETE', paths[kind])
    expect((await ask('PATCH', paths[kind], { body: {}, headers: { 'if-match': '"1"' } })).status).toBe(404)
    expect(await ask('POST', `${paths[kind]}/restore`, { headers: { 'if-match': '"1"' } })).toEqual(stale(2))
    expect((await ask('POST', `${paths[kind]}/restore`, { headers: { 'if-match': '"2"' } })).status).toBe(200)
  })

  test('a read is never "not modified"', async () => {
    for (const tag of ['"1"', 'W/"1"', '*'])
      expect(await ask('GET', paths[kind], { headers: { 'if-none-match': tag } })).toMatchObject({ status: 200, version: 1 })
    const since = { 'if-modified-since': new Date(Date.now() + 60_000).toUTCString() }
    expect((await ask('GET', paths[kind], { headers: since })).status).toBe(200)
  })

  test('the client asks for it by ifVersion', async () => {
    const id = paths[kind].split('/').at(-1) as string
    const { update } = kind === 'job' ? t.client.jobs : t.client.applications
    await expect(update({ params: { id }, body: { notes: 'x' }, ifVersion: 5 })).rejects.toMatchObject({
      problem: { code: 'stale_version' },
    })
    expect(await update({ params: { id }, body: { notes: 'x' }, ifVersion: 1 })).toMatchObject({ version: 2 })
  })
})

test('what changes inside an application changes its ETag', async () => {
  const path = paths.application
  const etags = [(await ask('GET', path)).etag]
  const changes: [string, string, unknown][] = [
    ['POST', '/events', { note: 'called' }],
    ['POST', '/events', { to_status: 'applied' }],
    ['POST', '/interviews', { starts_at: '2026-11-22T08:00:00Z' }],
  ]
  for (const [method, below, body] of changes) {
    await ask(method, `${path}${below}`, { body })
    etags.push((await ask('GET', path)).etag)
  }
  expect(new Set(etags).size).toBe(4)
  expect((await ask('PATCH', path, { body: { notes: 'x' }, headers: { 'if-match': '"1"' } })).status).toBe(412)
})
