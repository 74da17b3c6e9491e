import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Problem, type ProblemCode, Problem as ProblemShape, problems } from '../../contract/problems.ts'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp()

type Sent = { body?: unknown; headers?: Record<string, string> }

/** Sends, and checks what every problem has in common. */
async function problemOf(method: string, path: string, sent: Sent, code: ProblemCode): Promise<Problem & { response: Response }> {
  const response = await t.send(method, path, sent)
  const problem = (await response.json()) as Problem
  expect(problem, `${method} ${path}`).toMatchObject({ code, status: problems[code].status, title: problems[code].title })
  expect(response.status).toBe(problems[code].status)
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(response.headers.get('x-request-id')).toBe(problem.request_id)
  expect(problem).toMatchObject({ type: `/problems/${code}`, instance: new URL(path, t.url).pathname })
  expect(Math.abs(Date.parse(problem.timestamp) - Date.now())).toBeLessThan(60_000)
  expect(problem.detail).toMatch(/\S.*[.:]/s)
  ProblemShape.strict().parse(problem)
  return { ...problem, response }
}
const fields = (problem: Problem) => problem.field_errors?.map(({ field, code }) => `${field} ${code}`).toSorted()
const id = '019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'
const job = { company: 'Northwind', title: 'Engineer' }

describe('400 malformed_json', () => {
  test.each([
    ['cut off', '{"company": "a"'],
    ['not JSON at all', 'company=a'],
    ['a comma too many', '{"company": "a",}'],
    ['single quotes', "{'company': 'a'}"],
    ['NaN', '{"salary_min": NaN}'],
    ['two values', '{} {}'],
    ['nothing', ''],
    ['white space', ' \n'],
    ['__proto__', '{"company": "a", "title": "b", "__proto__": {"notes": "x"}}'],
    ['__proto__, written otherwise', '{"company": "a", "title": "b", "\\u005f_proto__": {"notes": "x"}}'],
    ['__proto__ further in', '{"company": "a", "title": "b", "tags": [{"__proto__": 1}]}'],
    ['constructor.prototype', '{"company": "a", "title": "b", "constructor": {"prototype": {"x": 1}}}'],
    ['brackets without end', '['.repeat(20_000)],
    ['objects without end', '{"a":'.repeat(500_000)],
    ['nested too deep', `{"company": "a", "title": "b", "tags": ${'['.repeat(64)}${']'.repeat(64)}}`],
    ['nested too deep behind a quote that is escaped', `{"company": "\\"", "title": "\\\\", "tags": ${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('%s', async (_, body) => {
    const { detail } = await problemOf('POST', '/api/v1/jobs', { body, headers: { 'content-type': 'application/json' } }, 'malformed_json')
    expect(detail.length).toBeLessThan(400)
  })

  test('brackets in a text are no nesting', async () => {
    const body = { ...job, notes: `${'[{'.repeat(200)}"\\"${'['.repeat(200)}`, tags: ['{[', '"[['] }
    expect(await (await t.send('POST', '/api/v1/jobs', { body })).json()).toMatchObject(body)
  })

  test('not UTF-8', async () => {
    const latin1 = Buffer.from('{"company": "S\xf6hne", "title": "b"}', 'latin1')
    const response = await fetch(`${t.url}/api/v1/jobs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: latin1 })
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([400, 'malformed_json'])
  })

  test('a byte order mark and other white space are no reason', async () => {
    const response = await t.send('POST', '/api/v1/jobs', { body: `\ufeff\r\n\t${JSON.stringify(job)}\n` })
    expect(response.status).toBe(201)
  })
})

describe('422 validation_failed', () => {
  test('every field with a wrong type is named, with what it is and what it should be', async () => {
    const wrong = {
      company: 1,
      title: null,
      salary_min: '5',
      tech_stack: 'Go',
      tags: [1, 'a', {}],
      priority: 1.5,
      remote_option: 'moon',
      posted_on: 20260301,
      url: [],
    }
    const problem = await problemOf('POST', '/api/v1/jobs', { body: wrong }, 'validation_failed')
    expect(fields(problem)).toEqual(
      [
        'company invalid_type',
        'posted_on invalid_type',
        'priority invalid_type',
        'remote_option invalid_value',
        'salary_min invalid_type',
        'tags[0] invalid_type',
        'tags[2] invalid_type',
        'tech_stack invalid_type',
        'title invalid_type',
        'url invalid_type',
      ].toSorted(),
    )
    const messages = Object.fromEntries(problem.field_errors?.map(({ field, message }) => [field, message]) ?? [])
    expect(messages).toMatchObject({
      company: 'must be a string, not 1',
      title: 'must be a string, not null',
      salary_min: 'must be a number, not "5"',
      tech_stack: 'must be an array, not "Go"',
      'tags[2]': 'must be a string, not an object',
      priority: 'must be a whole number, not 1.5',
      remote_option: 'must be onsite, hybrid or remote, not "moon"',
    })
    expect(problem.detail).toMatch(/^10 fields need attention: /)
  })

  test.each([
    ['[]', 'a list'],
    ['null', 'null'],
    ['"x"', '"x"'],
    ['5', '5'],
    ['true', 'true'],
  ])('a body that is no object: %s', async (body, said) => {
    const problem = await problemOf('POST', '/api/v1/jobs', { body }, 'validation_failed')
    expect(problem.field_errors).toEqual([{ field: '', code: 'invalid_type', message: `must be an object, not ${said}` }])
  })

  test('an unknown field is refused, with what could have been meant; what Landed sets is read-only', async () => {
    const problem = await problemOf(
      'POST',
      '/api/v1/jobs',
      { body: { ...job, Company: 'x', salaryMin: 1, frob: 1, id, toString: 1, constructor: 1 } },
      'validation_failed',
    )
    expect(fields(problem)).toEqual(
      [
        'Company unknown_field',
        'constructor unknown_field',
        'frob unknown_field',
        'id read_only',
        'salaryMin unknown_field',
        'toString unknown_field',
      ].toSorted(),
    )
    expect(problem.field_errors?.find(({ field }) => field === 'salaryMin')?.message).toMatch(/did you mean salary_min\?/)
    expect((await t.client.jobs.list()).total.value).toBe((await t.client.jobs.list({ query: { company: ['Northwind'] } })).total.value)
  })

  test.each([['a\0b'], ['\ud800'], ['\udc00x'], ['x\ud83d']])(
    'what the database could not keep is refused, not changed: %j',
    async (text) => {
      const body = { company: text, title: 'x', notes: text, tech_stack: [text], url: `https://example.com/${text}` }
      expect(fields(await problemOf('POST', '/api/v1/jobs', { body }, 'validation_failed'))).toEqual(
        ['company invalid_value', 'notes invalid_value', 'tech_stack[0] invalid_value', 'url invalid_value'].toSorted(),
      )
      const contacts = [{ name: text }]
      expect(fields(await problemOf('POST', '/api/v1/applications', { body: { job_id: id, contacts } }, 'validation_failed'))).toContain(
        'contacts[0].name invalid_value',
      )
    },
  )

  test('a long value is not repeated whole', async () => {
    const problem = await problemOf(
      'POST',
      '/api/v1/jobs',
      { body: { ...job, status: 'x'.repeat(10_000), salary_currency: 'y'.repeat(10_000) } },
      'validation_failed',
    )
    expect(JSON.stringify(problem).length).toBeLessThan(2_000)
  })

  test('an address that takes no body refuses one', async () => {
    const { id } = await t.client.jobs.create({ body: job })
    for (const [method, path] of [
      ['POST', `/api/v1/jobs/${id}/restore`],
      ['DELETE', `/api/v1/jobs/${id}`],
    ] as const) {
      for (const body of ['{"permanent": true}', '5', '["a"]']) await problemOf(method, path, { body }, 'validation_failed')
    }
    expect((await t.send('POST', `/api/v1/jobs/${id}/restore`, { body: '' })).status).toBe(200)
    expect((await t.send('POST', `/api/v1/jobs/${id}/restore`, { body: '{}' })).status).toBe(200)
  })
})

describe('404, 405', () => {
  test.each([
    '/api/v1/nothing',
    '/api',
    '/api/v2/jobs',
    '/api/v1/jobs/',
    '/api/v1//jobs',
    '/nothing.html',
    '/problems/nothing',
    '/docs/nothing',
    '/api/v1/jobs%2F',
    '/%2e%2e/etc/passwd',
  ])('nothing at %s', async (path) => {
    await problemOf('GET', path, {}, 'not_found')
  })

  test.each([
    'x',
    '1',
    '019a8f2e7c1a7d339e550d1c2b3a4f5e',
    `{${id}}`,
    `${id}0`,
    '%00',
    '%20',
    "'",
    '__proto__',
    'a'.repeat(2_000),
    '%E4%B8%96',
    id,
  ])('the id %s leads nowhere', async (wrong) => {
    for (const path of [`/api/v1/jobs/${wrong}`, `/api/v1/applications/${wrong}`, `/api/v1/applications/${wrong}/events`])
      await problemOf('GET', path, {}, 'not_found')
    await problemOf('PATCH', `/api/v1/jobs/${wrong}`, { body: {} }, 'not_found')
    await problemOf('DELETE', `/api/v1/applications/${id}/interviews/${wrong}`, {}, 'not_found')
  })

  test('an address that cannot be decoded is a problem as well', async () => {
    const { response } = await problemOf('GET', '/api/v1/jobs/%FF', {}, 'not_found')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each([
    ['DELETE', '/api/v1/jobs', 'GET, HEAD, POST'],
    ['PUT', `/api/v1/jobs/${id}`, 'DELETE, GET, HEAD, PATCH'],
    ['GET', `/api/v1/jobs/${id}/restore`, 'POST'],
    ['OPTIONS', '/api/v1/me', 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['POST', '/docs/api', 'GET, HEAD'],
    ['DELETE', '/problems/not_found', 'GET, HEAD'],
    ['PATCH', '/health/live', 'GET, HEAD'],
  ])('%s %s is not possible, and Allow says what is', async (method, path, allow) => {
    const { response, detail } = await problemOf(method, path, {}, 'method_not_allowed')
    expect(response.headers.get('allow')).toBe(allow)
    expect(detail).toContain(method)
  })

  test('neither asks for a body that could be read', async () => {
    const sent = { body: '{', headers: { 'content-type': 'text/nonsense' } }
    await problemOf('POST', '/api/v1/nothing', sent, 'not_found')
    await problemOf('POST', '/api/v1/me', sent, 'method_not_allowed')
  })

  test('HEAD is GET without its body', async () => {
    const { id } = await t.client.jobs.create({ body: job })
    for (const path of [
      `/api/v1/jobs/${id}`,
      '/api/v1/jobs?limit=1',
      '/api/v1/me',
      '/health/live',
      '/openapi.json',
      '/api/v1/jobs/x',
      '/api/v1/jobs?limit=0',
    ]) {
      const [get, head] = [await t.send('GET', path), await t.send('HEAD', path)]
      expect(head.status, path).toBe(get.status)
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
      expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
      expect(await head.text()).toBe('')
      expect((await get.text()).length).toBeGreaterThan(0)
    }
  })
})

describe('413, 415', () => {
  test('too large by its Content-Length, before anything is read', async () => {
    const { detail } = await problemOf('POST', '/api/v1/jobs', { body: { ...job, notes: 'x'.repeat(5_000_000) } }, 'payload_too_large')
    expect(detail).toContain('4 MB')
    expect(
      await raw('POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n'),
    ).toMatch(/^HTTP\/1.1 413 /)
  })

  const many = Array.from({ length: 60 }, (_, n) => [`field ${n}`, 'x'] as const)
  test.each<[string, (readonly [string, string | File])[], number]>([
    ['many fields', [...many, ['file', new File(['a'], 'a.csv')]], 413],
    ['many files', [1, 2, 3].map(() => ['file', new File(['company,title'], 'a.csv')] as const), 413],
    [
      'a field that is too long',
      [
        ['mapping', `{"columns":{"a":"${'x'.repeat(2_000_000)}"}}`],
        ['file', new File(['a'], 'a.csv')],
      ],
      413,
    ],
    [
      'a name that is a trick',
      [
        ['__proto__', 'x'],
        ['file', new File(['company,title'], 'a.csv')],
      ],
      400,
    ],
    [
      'JSON nested without end in a field',
      [
        ['mapping', '['.repeat(100_000)],
        ['file', new File(['company,title'], 'a.csv')],
      ],
      422,
    ],
  ])('a form with %s is refused', async (_, parts, status) => {
    const body = new FormData()
    for (const [name, value] of parts) body.append(name, value)
    const answer = await fetch(`${t.url}/api/v1/imports`, { method: 'POST', body })
    expect(((await answer.json()) as Problem).status).toBe(status)
  })

  test.each([
    ['text/plain', '{"company": "a", "title": "b"}'],
    ['application/x-www-form-urlencoded', 'company=a&title=b'],
    ['application/xml', '<job/>'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['nonsense', '{}'],
  ])('%s is not understood', async (type, body) => {
    await problemOf('POST', '/api/v1/jobs', { body, headers: { 'content-type': type } }, 'unsupported_media_type')
  })

  test.each(['gzip', 'br', 'deflate, gzip', 'x-unheard-of'])('a body packed with %s is not unpacked', async (encoding) => {
    const body = gzipSync(JSON.stringify({ ...job, notes: ' '.repeat(1_000_000) }))
    const answer = await fetch(`${t.url}/api/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body,
    })
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([415, 'unsupported_media_type'])
  })

  test('a body without a type is not guessed', async () => {
    const answer = await raw(`POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`)
    expect(answer).toMatch(/^HTTP\/1.1 415 .*"code":"unsupported_media_type"/s)
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"'])('%s is JSON', async (type) => {
    expect((await t.send('POST', '/api/v1/jobs', { body: job, headers: { 'content-type': type } })).status).toBe(201)
  })
})

describe('what is not even HTTP', () => {
  test.each([
    ['FROB /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n', 405, 'method_not_allowed'],
    [`GET /api/v1/jobs?q=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 413, 'payload_too_large'],
    ['POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n', 400, 'malformed_request'],
    ['\x16\x03\x01\x02\x00\x01\x00\x01', 400, 'malformed_request'],
    ['GET /api/v1/jobs HTTP/1.1\r\nConnection: close\r\n\r\n', 403, 'origin_refused'],
  ])('%j', async (text, status, code) => {
    const [head, body] = (await raw(text)).split('\r\n\r\n') as [string, string]
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toMatch(/content-type: application\/problem\+json/i)
    const problem = JSON.parse(body) as Problem
    expect(problem).toMatchObject({ code, status })
    expect(head.toLowerCase()).toContain(`x-request-id: ${problem.request_id}`)
  })
})

describe('request ids', () => {
  test.each(['a', 'x'.repeat(128), '019a8f2e-7c1a.A_z'])('a sane one is kept: %s', async (sent) => {
    for (const path of ['/api/v1/me', '/api/v1/nothing', '/health/live', '/api/v1/jobs/%FF']) {
      expect((await t.send('GET', path, { headers: { 'x-request-id': sent } })).headers.get('x-request-id')).toBe(sent)
    }
  })

  test.each(['', 'x'.repeat(129), 'a b', 'a/b', 'ä', '<script>', 'a, b'])('any other is replaced: %s', async (sent) => {
    const made = (await t.send('GET', '/api/v1/me', { headers: { 'x-request-id': sent } })).headers.get('x-request-id')
    expect(made).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('each request has its own', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, async () => (await t.send('GET', '/health/live')).headers.get('x-request-id')))
    expect(new Set(made).size).toBe(5)
  })
})

describe('/problems/<code>', () => {
  test.each(Object.keys(problems) as ProblemCode[])('%s has a page that says what to do', async (code) => {
    const response = await t.send('GET', `/problems/${code}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const page = await response.text()
    expect(page).toContain(code)
    expect(page).toContain(String(problems[code].status))
    expect(page).toContain('For example')
  })

  // The others take what a new server does not have: an account, a backup, a record, a database that is away.
  test.each([
    'malformed_json',
    'invalid_query',
    'invalid_cursor',
    'not_found',
    'method_not_allowed',
    'conflict',
    'validation_failed',
  ] as const)('the example of %s is what the server says', async (code) => {
    const { request, detail } = problems[code].example
    const [, method = '', path = '', body] = /^([A-Z]+) (\S+)(?: (.+))?$/.exec(request) ?? []
    const problem = await (await t.send(method, path, body === undefined ? {} : { body })).json()
    expect(problem).toMatchObject({ code, status: problems[code].status, detail })
  })

  test.each(['nothing', '__proto__', 'constructor', 'toString', '%3Cscript%3E'])('%s has none', async (code) => {
    expect((await t.send('GET', `/problems/${code}`)).status).toBe(404)
  })
})

/** Writes bytes to a connection of its own and reads what comes until it is closed, by us once an answer is whole. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(t.url).port), '127.0.0.1')
    let received = ''
    socket.setEncoding('utf8')
    socket.on('data', (data: string) => {
      received += data
      const length = /content-length: (\d+)\r\n/i.exec(received)?.[1]
      const body = received.split('\r\n\r\n')[1]
      if (length !== undefined && body !== undefined && Buffer.byteLength(body) >= Number(length)) socket.end()
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
    socket.write(text, 'latin1')
  })
}
