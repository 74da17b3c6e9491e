/** Words for what a job is, in the spellings of trackers and job sites. */
import type { Job } from '../../../../contract/jobs.ts'

export const foldWord = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const table = <T extends string>(words: Record<T, string[]>): Map<string, T> =>
  new Map(
    Object.entries<string[]>(words).flatMap(([value, spellings]) =>
      [value.replaceAll('_', ' '), ...spellings].map((word) => [word, value as T]),
    ),
  )

const remoteOptions = table<NonNullable<Job['remote_option']>>({
  remote: [
    'remotely',
    'fully remote',
    'full remote',
    '100 remote',
    'work from home',
    'wfh',
    'home office',
    'telecommute',
    'anywhere',
    'yes',
    'true',
  ],
  hybrid: ['hybrid remote', 'partially remote', 'partly remote', 'flexible', 'hybride', 'remote hybrid'],
  onsite: ['on site', 'in office', 'office', 'in person', 'inoffice', 'no', 'false', 'not remote', 'vor ort', 'presentiel'],
})

const jobTypes = table<NonNullable<Job['job_type']>>({
  full_time: ['fulltime', 'full', 'permanent', 'ft', 'vollzeit', 'f t', 'permanent full time', 'regular'],
  part_time: ['parttime', 'part', 'pt', 'teilzeit', 'p t'],
  contract: ['contractor', 'contract to hire', 'c2h', 'w2', 'c2c', 'fixed term', 'fixed term contract', 'ftc', 'consultant', 'befristet'],
  internship: ['intern', 'internships', 'praktikum', 'co op', 'coop', 'placement', 'stage', 'working student', 'werkstudent', 'trainee'],
  temporary: ['temp', 'seasonal', 'casual', 'zeitarbeit'],
  freelance: ['freelancer', 'freelance project', 'self employed', 'gig', 'project'],
})

const periods = table<NonNullable<Job['salary_period']>>({
  year: ['yearly', 'annual', 'annually', 'per year', 'yr', 'annum', 'per annum', 'pa', 'y'],
  month: ['monthly', 'per month', 'mo', 'm'],
  week: ['weekly', 'per week', 'wk', 'w'],
  day: ['daily', 'per day', 'd'],
  hour: ['hourly', 'per hour', 'hr', 'h'],
})

const jobStatuses = table<Job['status']>({
  open: ['active', 'live', 'true', 'yes', 'published', 'new', 'available'],
  closed: ['inactive', 'expired', 'filled', 'false', 'no', 'removed', 'on hold', 'unavailable'],
  archived: ['archive', 'hidden'],
})

export const remoteOptionOf = (text: string) => remoteOptions.get(foldWord(text)) ?? null
export const jobTypeOf = (text: string) => jobTypes.get(foldWord(text)) ?? null
export const periodWordOf = (text: string) => periods.get(foldWord(text)) ?? null
export const jobStatusOf = (text: string) => jobStatuses.get(foldWord(text)) ?? null

/** Yes, true, 1, x, or a date on which it came true. Null: neither yes nor no. */
export function yesOrNo(text: string): boolean | null {
  const word = foldWord(text)
  if (/^(?:yes|y|true|t|1|x|ja|oui|si)$/.test(word) || /\d{4}/.test(word)) return true
  return /^(?:no|n|false|f|0|nein|non)$/.test(word) ? false : null
}

/** A number of stars, or a word. */
export function priorityOf(text: string): number | null {
  if (text.length > 40) return null
  const stars = [...text].filter((character) => character === '⭐' || character === '★').length
  if (stars > 0) return Math.min(stars, 5)
  const number = Number(text.trim().replace(/\s*(?:\/\s*5|stars?)$/i, ''))
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 5) return number
  return (
    (
      { none: 0, lowest: 1, low: 1, medium: 3, normal: 3, mid: 3, high: 4, highest: 5, top: 5, urgent: 5, dream: 5 } as Record<
        string,
        number
      >
    )[foldWord(text)] ?? null
  )
}
