import { expect, test } from 'vitest'
import { contentDisposition } from './answer.ts'

test('a plain name stands as it is', () => {
  expect(contentDisposition('landed-jobs-2026-11-22.csv')).toBe('attachment; filename="landed-jobs-2026-11-22.csv"')
})

test.each(['Bewerbungen für Zoë.pdf', '求職.csv', '100 %.csv', 'a"b\\c.json', "it's (1)*.zip", 'line\r\nSet-Cookie: x=1', '🙂'])(
  'any name can be told: %j',
  (name) => {
    const header = contentDisposition(name)
    // what a header may hold, and what RFC 8187 lets stand unescaped
    expect(header).toMatch(/^attachment; filename="[^"\\%\r\n]*"(?:; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*)?$/)
    const encoded = /filename\*=UTF-8''(.*)$/.exec(header)?.[1]
    expect(encoded === undefined ? /filename="(.*)"/.exec(header)?.[1] : decodeURIComponent(encoded)).toBe(name)
    expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
  },
)
