import type { Paper } from '../../../../contract/exports.ts'
import type { Settings } from '../../../../contract/settings.ts'
import type { Sheet } from './document.ts'
import type { Words } from './words.ts'

// Where paper is sold by the inch, as the Unicode locale data have it.
const letterCountries = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '))

export const usualPaper = (locale: string): Paper =>
  letterCountries.has(new Intl.Locale(locale).maximize().region ?? '') ? 'letter' : 'a4'

export type Frame = { paper: Paper | undefined; settings: Settings; words: Words }

export function sheetOf({ paper, settings, words }: Frame, about: Pick<Sheet, 'title' | 'period' | 'flipped'>, filter: string[]): Sheet {
  const [year, month, day] = words.today.split('-').map(Number) as [number, number, number]
  return {
    ...about,
    filters: filter.length > 0 ? [`Selection: ${filter.join(' · ')}`] : [],
    paper: (paper ?? usualPaper(settings.locale)) === 'letter' ? 'us-letter' : 'a4',
    made: `Made with Landed on ${words.longDay(words.today)}`,
    date: { year, month, day },
  }
}

export const nothing = (kind: string, isChosen: boolean) =>
  isChosen
    ? `No ${kind} match this selection. Widen it, and they are listed here.`
    : `There are no ${kind} yet. Once there are, they are listed here.`
