import { expect, test } from 'vitest'
import { strengthOf } from './password-strength.ts'

test.each([
  ['short', 'Too short', '5 more characters'],
  ['ninechars', 'Too short', '1 more character'],
  ['aaaaaaaaaaaaaaaa', 'Easy to guess', 'it repeats itself or follows a row'],
  ['1234567890123', 'Easy to guess', 'it repeats itself or follows a row'],
  ['password2026', 'Easy to guess', 'it holds a word that everybody tries'],
  ['ana@example.com1', 'Easy to guess', 'others know a part of it'],
  ['xkcdxkcdxkcd', 'Easy to guess', 'it repeats itself or follows a row'],
  ['correct horse battery', 'Good', ''],
  ['violet teapot under my roof', 'Strong', ''],
])('%s is %s', (password, word, advice) => {
  expect(strengthOf(password, ['ana@example.com'])).toEqual({ word, advice })
})
