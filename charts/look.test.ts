import { expect, test } from 'vitest'
import { light } from '../web/ui/tokens.ts'
import { paperColours } from './look.ts'

test('a chart on paper has the colours of the light theme', () => {
  expect(light).toMatchObject(paperColours)
})
