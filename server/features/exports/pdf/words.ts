import { defaultSettings, type Settings } from '../../../../contract/settings.ts'
import { dayOf } from '../../../calendar.ts'
import { isCovered } from './fonts.ts'

/** `full_time` as people say it. */
export const inWords = (value: string): string => {
  const words = value === 'onsite' ? 'on site' : value.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `1 answer`, `3 answers`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

const list = (type: 'conjunction' | 'disjunction') => new Intl.ListFormat('en-GB', { type })
export const oneOf = (words: readonly string[]) => list('disjunction').format(words)
export const allOf = (words: readonly string[]) => list('conjunction').format(words)

/** Where a line ends, it does not end in here. */
const together = (text: string) => text.replaceAll(' ', '\u00a0')

/**
 * Dates and figures as they are written where the person lives, if there is a font for that.
 * The words around them are English, as everywhere in Landed.
 */
export type Words = ReturnType<typeof wordsFor>

export function wordsFor({ locale: asked, timezone }: Pick<Settings, 'locale' | 'timezone'>, now: Date) {
  const locale = isCovered(new Intl.DateTimeFormat(asked, { dateStyle: 'full' }).format(now)) ? asked : defaultSettings.locale
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const at = (day: string) => new Date(`${day}T00:00:00Z`)
  const today = dayOf(now.toISOString(), timezone)
  const formats = {
    long: dates({ dateStyle: 'long' }),
    medium: dates({ dateStyle: 'medium' }),
    short: dates({ day: 'numeric', month: 'short' }),
    weekday: dates({ weekday: 'short', day: 'numeric', month: 'short' }),
    weekdayAndYear: dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    month: dates({ month: 'short' }),
    monthAndYear: dates({ month: 'short', year: 'numeric' }),
    year: dates({ year: 'numeric' }),
    moment: new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' }),
  }
  const percents = new Intl.NumberFormat(locale, { style: 'percent' })
  const numbers = new Intl.NumberFormat(locale)
  const isThisYear = (day: string) => day.slice(0, 4) === today.slice(0, 4)
  return {
    today,
    longDay: (day: string) => formats.long.format(at(day)),
    /** With the year unless it is this one. */
    day: (day: string) => together((isThisYear(day) ? formats.short : formats.medium).format(at(day))),
    weekday: (day: string) => together((isThisYear(day) ? formats.weekday : formats.weekdayAndYear).format(at(day))),
    shortDay: (day: string) => formats.short.format(at(day)),
    range: (from: string, to: string) => formats.long.formatRange(at(from), at(to)),
    /** The year is said where it begins. */
    month: (day: string) => (day.slice(5, 7) === '01' ? formats.monthAndYear : formats.month).format(at(day)),
    year: (day: string) => formats.year.format(at(day)),
    moment: (instant: string) => formats.moment.format(new Date(instant)),
    dayOfInstant: (instant: string) => dayOf(instant, timezone),
    percent: (share: number) => percents.format(share),
    number: (n: number) => numbers.format(n),
    /** One amount, or the range between two. */
    money: (amounts: readonly number[], currency: string | null) => {
      const isRound = amounts.every((amount) => Number.isInteger(amount))
      const format = new Intl.NumberFormat(locale, {
        ...(currency === null ? {} : { style: 'currency', currency }),
        ...(isRound ? { maximumFractionDigits: 0 } : {}),
      })
      const [low, high] = amounts as [number, number?]
      return together(high === undefined ? format.format(low) : format.formatRange(low, high))
    },
    /** Steps on their days, the year said where it changes: `Applied 28 Dec 2025 · Screening 9 Jan 2026 · Offer 1 Feb`. */
    steps(steps: readonly { word: string; day: string }[]): string {
      let year = today.slice(0, 4)
      const said = steps.map(({ word, day }) => {
        const isSameYear = day.slice(0, 4) === year
        year = day.slice(0, 4)
        return together(`${word} ${(isSameYear ? formats.short : formats.medium).format(at(day))}`)
      })
      return said.join('\u00a0· ')
    },
  }
}
