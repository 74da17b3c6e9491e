import { expect, test } from 'vitest'
import { useTestApp } from '../../testing/test-app.ts'

const t = useTestApp()

/** Every link of a page, and what one can jump to on it. */
async function readPage(path: string) {
  const response = await t.send('GET', path)
  const html = await response.text()
  const all = (pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] as string)
  return { status: response.status, links: all(/<(?:a|link|img|script)[^>]* (?:href|src)="([^"]+)"/g), places: all(/ id="([^"]+)"/g) }
}

test('every link and picture of the guide leads somewhere, to the heading it names', async () => {
  const pages = new Map<string, Awaited<ReturnType<typeof readPage>>>()
  const broken: string[] = []
  const waiting = [{ from: '/', path: '/docs', place: '' }]
  for (const { from, path, place } of waiting) {
    const known = pages.get(path)
    const page = known ?? (await readPage(path))
    pages.set(path, page)
    if (page.status !== 200 || (place && !page.places.includes(place))) broken.push(`${from} → ${path}#${place} (${page.status})`)
    if (known || !/^\/docs(?:\/[\w-]+)?$/.test(path)) continue
    for (const link of page.links) {
      const { pathname, hash, origin } = new URL(link, `${t.url}${path}`)
      // The web app may not be built here, and other servers are not ours to ask.
      if (origin === t.url && pathname !== '/') waiting.push({ from: path, path: pathname.replace(/\/$/, ''), place: hash.slice(1) })
    }
  }
  expect(broken).toEqual([])
  expect(pages.size).toBeGreaterThan(8)
})
