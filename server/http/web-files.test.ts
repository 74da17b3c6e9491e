import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'

// Before the server starts: without a build it serves the API only.
execFileSync(process.execPath, [fileURLToPath(new URL('../../web/build-if-changed.ts', import.meta.url))])
const assets = fileURLToPath(new URL('../../web/dist/assets/', import.meta.url))
const t = useTestApp()

test('scripts and styles come compressed to who unpacks them, and are the same once unpacked', async () => {
  const names = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name))
  expect(names.length).toBeGreaterThan(10)
  for (const name of names) {
    const file = readFileSync(`${assets}${name}`, 'utf8')
    for (const [asked, given] of [
      ['br, gzip', 'br'],
      ['gzip, deflate', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await t.send('GET', `/assets/${name}`, { headers: { 'accept-encoding': asked } })
      expect([answer.status, answer.headers.get('content-encoding'), answer.headers.get('vary')], name).toEqual([
        200,
        given,
        'accept-encoding',
      ])
      expect(answer.headers.get('content-type'), name).toMatch(name.endsWith('.js') ? /^(text|application)\/javascript/ : /^text\/css/)
      expect(answer.headers.get('cache-control'), name).toBe('public, max-age=31536000, immutable')
      expect(await answer.text(), name).toBe(file)
    }
  }
})
