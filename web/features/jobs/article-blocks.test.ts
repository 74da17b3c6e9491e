import { expect, test } from 'vitest'
import { blocksOf } from './article-blocks.ts'

test('paragraphs keep their line breaks, points become a list', () => {
  expect(blocksOf('We build boats.\nIn Porto.\n\nYou bring:\n- TypeScript\n• PostgreSQL\n\n* Patience\n\nWrite to us.')).toEqual([
    { kind: 'paragraph', lines: ['We build boats.', 'In Porto.'] },
    { kind: 'paragraph', lines: ['You bring:'] },
    { kind: 'list', items: ['TypeScript', 'PostgreSQL', 'Patience'] },
    { kind: 'paragraph', lines: ['Write to us.'] },
  ])
})

test('an indented line goes on with its point', () => {
  expect(blocksOf('1. One thing\n   and more of it\r\n2) Another')).toEqual([
    { kind: 'list', items: ['One thing and more of it', 'Another'] },
  ])
})

test('markup is text', () => {
  expect(blocksOf('<b>bold</b>')).toEqual([{ kind: 'paragraph', lines: ['<b>bold</b>'] }])
})
