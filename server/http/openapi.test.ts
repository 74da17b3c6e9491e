import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { fullPath } from '../../contract/endpoint.ts'
import { api } from '../../contract/index.ts'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp()

type Operation = {
  operationId: string
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>
}

const document = async () =>
  (await (await t.send('GET', '/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, Operation>> }

test('the OpenAPI document has no errors by an independent linter', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'landed-openapi-'))
  try {
    const file = join(folder, 'openapi.json')
    await writeFile(file, JSON.stringify(await document()))
    const run = promisify(execFile)
    const { stdout } = await run('npx', ['redocly', 'lint', file, '--extends=recommended', '--format=json'], {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: { stdout: string }) => error)
    const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      totals: { errors: number; warnings: number }
      problems: { message: string; severity: string; location: { pointer: string }[] }[]
    }
    expect(report.problems.map((problem) => `${problem.severity}: ${problem.message} ${problem.location[0]?.pointer}`)).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

test('every endpoint of the contract is in it, with an example of each body and each JSON answer', async () => {
  const { openapi, paths } = await document()
  expect(openapi).toMatch(/^3\.1/)
  for (const endpoint of Object.values(api).flatMap((endpoints) => Object.values(endpoints))) {
    const operation = paths[fullPath(endpoint)]?.[endpoint.method.toLowerCase()]
    expect(operation, `${endpoint.method} ${endpoint.path}`).toBeDefined()
    const contents = [operation?.requestBody?.content, ...Object.values(operation?.responses ?? {}).map((answer) => answer.content)]
    for (const content of contents) {
      for (const [type, media] of Object.entries(content ?? {})) {
        if (type.includes('json')) expect(media.example, `${operation?.operationId} ${type}`).toBeDefined()
      }
    }
  }
})
