import { expect, test } from 'vitest'
import { together } from './together.ts'

/** One who answers when told to. */
function slowAnswers() {
  const asked: string[][] = []
  const open: (() => void)[] = []
  const ask = together(
    async (questions: readonly string[]) => {
      asked.push([...questions])
      await new Promise<void>((resolve) => open.push(resolve))
      if (questions.includes('broken')) throw new Error('no answer')
      return questions.map((question) => question.toUpperCase())
    },
    { keyOf: (question) => question, most: 3, atOnce: 2 },
  )
  const answerNext = async () => {
    await expect.poll(() => open.length).toBeGreaterThan(0)
    open.shift()?.()
  }
  return { ask, asked, answerNext }
}

test('a single question is asked by itself; those that come meanwhile are asked together, equal ones once', async () => {
  const { ask, asked, answerNext } = slowAnswers()
  const first = ask('a')
  await expect.poll(() => asked).toEqual([['a']])
  const second = ask('b')
  await expect.poll(() => asked).toEqual([['a'], ['b']])
  const more = ['c', 'd', 'c', 'e', 'f'].map((question) => ask(question))
  await answerNext()
  expect(await first).toBe('A')
  await expect.poll(() => asked.slice(2)).toEqual([['c', 'd', 'e']])
  await answerNext()
  await answerNext()
  await answerNext()
  expect(await second).toBe('B')
  expect(await Promise.all(more)).toEqual(['C', 'D', 'C', 'E', 'F'])
  expect(asked.slice(3)).toEqual([['f']])
})

test('a question is never answered by one that was under way before it was asked', async () => {
  const { ask, asked, answerNext } = slowAnswers()
  const before = ask('a')
  await expect.poll(() => asked.length).toBe(1)
  const after = ask('a')
  await answerNext()
  await before
  await answerNext()
  await after
  expect(asked).toEqual([['a'], ['a']])
})

test('what fails fails for those who asked it, and nobody after', async () => {
  const { ask, answerNext } = slowAnswers()
  const broken = [ask('broken'), ask('beside it')].map((answer) => answer.catch((error: Error) => error.message))
  await answerNext()
  expect(await Promise.all(broken)).toEqual(['no answer', 'no answer'])
  const next = ask('next')
  await answerNext()
  expect(await next).toBe('NEXT')
})
