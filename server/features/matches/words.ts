/** The reasons of a match, in words and as data. What counts is decided by the database's `landed_match()`; this only says it. */
import { type MatchKind, type MatchPart, matchWeights } from '../../../contract/matches.ts'
import type { Compared } from './queries.ts'

type Said = Pick<MatchPart, 'words' | 'data'>

/** What the profile asks for, in the order of the weights. */
export function partsOf(compared: Compared): MatchPart[] {
  const kinds = Object.entries(matchWeights) as [MatchKind, number][]
  return kinds
    .flatMap(([kind, weight], at): MatchPart[] => {
      const fit = compared.fits[at] ?? null
      if (fit === null) return []
      return [{ kind, weight, score: fit < 0 ? null : Math.round(100 * fit), ...said[kind](compared, fit) }]
    })
    .toSorted((a, b) => b.weight - a.weight)
}

const said: Record<MatchKind, (compared: Compared, fit: number) => Said> = {
  skills: ({ have, missing }) => ({
    words:
      have.length + missing.length === 0
        ? 'The job names no skills'
        : `${have.length} of ${have.length + missing.length} skills${have.length > 0 ? `: ${listed(have)}` : ''}${
            missing.length > 0 ? `; not ${listed(missing)}` : ''
          }`,
    data: { have, missing },
  }),
  place: ({ location, profile }, fit) => ({
    words: location === null ? 'The job names no place' : fit === 1 ? `In ${location}, as you like it` : `In ${location}`,
    data: { location, preferred: profile.preferred_locations },
  }),
  remote: ({ remote_option, profile }, fit) => ({
    words:
      remote_option === null
        ? 'The job does not say whether it is remote'
        : fit === 1
          ? `${remoteWords[remote_option]}, as you like it`
          : `${remoteWords[remote_option]}; you prefer ${remoteWords[profile.remote_preference ?? 'remote'].toLowerCase()}`,
    data: { remote_option, preferred: profile.remote_preference },
  }),
  job_type: ({ job_type, profile }, fit) => ({
    words:
      job_type === null
        ? 'The job does not say what type it is'
        : fit === 1
          ? `${typeWords(job_type)}, as you like it`
          : `${typeWords(job_type)}, which you do not look for`,
    data: { job_type, preferred: profile.job_types },
  }),
  salary: (compared, fit) => ({ words: salaryWords(compared, fit), data: salaryData(compared) }),
  experience: ({ title, profile }, fit) => ({
    words:
      fit < 0
        ? 'The job does not say what experience it asks for'
        : fit === 1
          ? 'Your experience is what it asks for'
          : fit >= 0.5
            ? 'Your experience is close to what it asks for'
            : 'It asks for other experience than yours',
    data: { title, level: profile.experience_level, years: profile.years_experience },
  }),
}

const remoteWords = { remote: 'Remote', hybrid: 'Hybrid', onsite: 'On site' } as const
const typeWords = (type: string) => type.charAt(0).toUpperCase() + type.slice(1).replace('_', '-')

const listedAtMost = 5
function listed(names: readonly string[]): string {
  const shown = names.slice(0, listedAtMost)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

const salaryData = ({ yearly, salary_currency, profile }: Compared) => ({
  yearly,
  currency: salary_currency,
  desired: profile.desired_salary_min,
  desired_currency: profile.salary_currency,
})

function salaryWords(compared: Compared, fit: number): string {
  const { yearly, currency, desired, desired_currency } = salaryData(compared)
  if (yearly === null) return 'The job does not say what it pays'
  if (currency === null) return 'The job does not say in which currency it pays'
  if (currency !== desired_currency) return `It pays in ${currency}, which is not held against your ${desired_currency}`
  const amount = `${Math.round(yearly).toLocaleString('en')} ${currency} a year`
  return fit === 1 ? `Up to ${amount}, as you want it` : `Up to ${amount}; you want ${Math.round(desired ?? 0).toLocaleString('en')}`
}
