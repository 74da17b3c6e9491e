import type { Import, ImportTarget } from '../../../contract/imports.ts'

const formats: Record<string, string> = {
  landed: 'an export of Landed',
  linkedin_applications: 'LinkedIn’s job applications',
  linkedin_saved_jobs: 'LinkedIn’s saved jobs',
  huntr: 'an export of Huntr',
  teal: 'an export of Teal',
  simplify: 'an export of Simplify',
  careerflow: 'an export of Careerflow',
  jobsync: 'an export of JobSync',
  career_copilot_jobs: 'jobs of Career Copilot',
  career_copilot_applications: 'applications of Career Copilot',
  glassdoor: 'postings from Glassdoor',
}

/** What the file was recognised as, for the middle of a sentence. */
export const formatWords = ({ preset }: Pick<Import, 'preset'>) =>
  preset === null ? null : (formats[preset] ?? preset.replaceAll('_', ' '))

const ownWords: Partial<Record<ImportTarget, string>> = {
  url: 'Link to the posting',
  tech_stack: 'Skills',
  source_id: 'Id of the posting',
  salary: 'Pay, as written',
  salary_min: 'Pay from',
  salary_max: 'Pay to',
  salary_currency: 'Currency',
  salary_period: 'Paid by',
  remote_option: 'On site or remote',
  answers: 'Answers to questions',
  status_since: 'In this status since',
}

/** `posted_on` is "Posted on". */
export const fieldWords = (field: ImportTarget) => ownWords[field] ?? `${field[0]?.toUpperCase()}${field.slice(1).replaceAll('_', ' ')}`

export const dateWords = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' } as const

export const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** What came of an import, or would: `123 new, 4 brought up to date, 2 known already, 1 left out`. */
export function outcomeWords({ created, updated, skipped, failed }: Pick<Import, 'created' | 'updated' | 'skipped' | 'failed'>): string {
  const parts = [
    created > 0 && `${created.toLocaleString('en')} new`,
    updated > 0 && `${updated.toLocaleString('en')} brought up to date`,
    skipped > 0 && `${skipped.toLocaleString('en')} known already (here, or twice in the file)`,
    failed > 0 && `${failed.toLocaleString('en')} left out`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : 'nothing to import'
}
