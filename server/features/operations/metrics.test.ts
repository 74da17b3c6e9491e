import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountsOn } from '../../../testing/people.ts'
import { useTestApp } from '../../../testing/test-app.ts'

/** `name{label="value"} 1` of Prometheus' text format, by name and labels. */
async function read(t: { send(method: string, path: string): Promise<Response> }): Promise<Map<string, number>> {
  const answer = await t.send('GET', '/metrics')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
}

describe('/metrics', () => {
  const t = useTestApp()
  const requests = (route: string, status: number) => `landed_http_requests_total{method="GET",route="${route}",status="${status}"}`

  test('counts requests by route and status, and how long they took', async () => {
    const before = await read(t)
    const { id } = await t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer' } })
    for (let n = 0; n < 3; n++) await t.client.jobs.get({ params: { id } })
    await t.send('GET', '/api/v1/jobs/019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e')
    // An answer is counted when its last byte has gone, which whoever reads it may be ahead of.
    await expect.poll(async () => (await read(t)).get(requests('/api/v1/jobs/:id', 404))).toBe(1)
    const after = await read(t)
    expect(after.get(requests('/api/v1/jobs/:id', 200))).toBe(3)
    expect(after.get('landed_http_request_duration_seconds_count{method="GET",route="/api/v1/jobs/:id"}')).toBe(4)
    const statements = 'landed_database_statement_duration_seconds_count'
    expect(after.get(statements)! - before.get(statements)!).toBeGreaterThanOrEqual(5)
  })

  test('a slow statement is counted', async () => {
    const slow = 'landed_database_slow_statements_total'
    const before = (await read(t)).get(slow)!
    await t.app.pool.query('select pg_sleep(1.1)')
    expect((await read(t)).get(slow)! - before).toBe(1)
  })

  test('hits and misses, connections, what waits, the event loop', async () => {
    for (let n = 0; n < 2; n++) await t.client.jobs.list({ query: { company: ['nobody'] } })
    const now = await read(t)
    expect(now.get('landed_cache_answers{list="/jobs",outcome="miss"}')).toBeGreaterThanOrEqual(1)
    expect(now.get('landed_cache_answers{list="/jobs",outcome="hit"}')).toBeGreaterThanOrEqual(1)
    expect(now.get('landed_database_connections{pool="main",state="waiting"}')).toBe(0)
    expect(now.get('landed_database_connections{pool="main",state="idle"}')).toBeGreaterThan(0)
    expect(now.get('landed_database_up')).toBe(1)
    for (const kind of ['tasks', 'imports', 'deliveries', 'late_deliveries']) expect(now.get(`landed_waiting{kind="${kind}"}`)).toBe(0)
    expect(now.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
  })

  test('nothing of anybody is in it: no address but patterns, no word, no id', async () => {
    const { id } = await t.client.jobs.create({ body: { company: 'Secretive', title: 'Spy' } })
    await t.send('GET', `/api/v1/jobs?q=hidden`)
    await t.send('GET', `/api/v1/jobs/${id}`)
    await t.send('GET', '/no/such/place')
    await expect.poll(async () => (await read(t)).get(requests('none', 404))).toBe(1)
    const text = await (await t.send('GET', '/metrics')).text()
    for (const word of ['Secretive', 'hidden', 'no/such', id, t.app.localUser.id]) expect(text).not.toContain(word)
  })
})

describe('with accounts', () => {
  const token = 'a token for the one who watches'
  const t = useTestApp({ ...accountsOn, METRICS_TOKEN: token })
  const other = useTestApp(accountsOn)
  const ask = (server: typeof t, authorization?: string) =>
    server.send('GET', '/metrics', { headers: authorization ? { authorization } : {} })

  test('only whoever has the token of the server reads it', async () => {
    expect((await ask(t, `Bearer ${token}`)).status).toBe(200)
    for (const authorization of [undefined, 'Bearer ', `Bearer ${token}x`, `Basic ${token}`])
      expect((await ask(t, authorization)).status).toBe(401)
  })

  test('where none is set nobody does, and is told why', async () => {
    const answer = await ask(other, `Bearer ${token}`)
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([401, expect.stringContaining('METRICS_TOKEN')])
  })
})

describe('traces', () => {
  type Span = {
    name: string
    traceId: string
    spanId: string
    parentSpanId?: string
    attributes: { key: string; value: { stringValue?: string } }[]
  }
  const spans: Span[] = []
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const sent = JSON.parse(Buffer.concat(chunks).toString()) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
      spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  beforeAll(() => new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve)))
  afterAll(() => collector.close())
  const t = useTestApp(() => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` }))

  test('a request and its statements are one trace, which goes on from the caller; no value is in it', async () => {
    const [traceId, parentId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
    const headers = { traceparent: `00-${traceId}-${parentId}-01`, 'x-request-id': 'traced' }
    await t.send('POST', '/api/v1/jobs', { headers, body: { company: 'Secretive', title: 'Spy' } })
    const request = () => spans.find(({ name, traceId: id }) => name === 'POST /api/v1/jobs' && id === traceId)
    await expect.poll(request, { timeout: 20_000 }).toBeDefined()
    expect(request()).toMatchObject({ parentSpanId: parentId })
    expect(request()?.attributes).toContainEqual({ key: 'landed.request_id', value: { stringValue: 'traced' } })
    const beneath = () => spans.filter(({ parentSpanId }) => parentSpanId === request()?.spanId)
    await expect.poll(() => beneath().map(({ name }) => name), { timeout: 20_000 }).toContain('insert')
    expect(JSON.stringify(spans)).not.toContain('Secretive')
  })
})
