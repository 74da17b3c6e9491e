import { describe, expect, test } from 'vitest'
import { dark, light } from './tokens.ts'

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('colours of the %s scheme', (_, tokens) => {
  const surfaces = ['page', 'surface', 'rail', 'hover', 'selected', 'accentSoft'] as const

  test.each(surfaces)('text can be read on %s (4.5:1)', (surface) => {
    for (const ink of ['text', 'dimmed', 'accent', 'danger', 'warn'] as const) {
      expect(contrast(tokens[ink], tokens[surface]), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('text can be read on what is filled (4.5:1)', () => {
    for (const ground of ['accent', 'danger'] as const)
      expect(contrast(tokens.onFilled, tokens[ground]), ground).toBeGreaterThanOrEqual(4.5)
  })

  test('text can be read where something was found (4.5:1)', () => {
    expect(contrast(tokens.text, tokens.mark)).toBeGreaterThanOrEqual(4.5)
  })

  test('the edge of a control can be seen (3:1)', () => {
    for (const surface of ['page', 'surface'] as const) {
      expect(contrast(tokens.controlBorder, tokens[surface]), surface).toBeGreaterThanOrEqual(3)
    }
  })

  test.each(Object.entries(tokens.status))('status %s can be read on its tint and beside it', (_name, { fg, bg }) => {
    for (const ground of [bg, tokens.surface, tokens.page, tokens.hover, tokens.selected]) {
      expect(contrast(fg, ground), ground).toBeGreaterThanOrEqual(4.5)
    }
  })
})
