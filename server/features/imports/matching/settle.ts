/**
 * Where the applications of one company and title go: onto which job, or which application they already are.
 * Pure, so that its rules can be tried one by one. Rows come in the order of the file, and what one row adds the next one sees.
 */
import type { Policy } from './match-jobs.ts'

export type Settling = {
  row: number
  /** The job that its id or address names; by an id, it may still be to come. */
  job_id: string | null
  is_named: boolean
  new_job_id: string
  location_key: string
  url_key: string | null
  applied_on: string | null
  is_open: boolean
}

export type KnownApplication = { id: string; applied_on: string | null; is_open: boolean }
export type KnownJob = { id: string; location_key: string; url_key: string | null; applications: KnownApplication[] }

export type Settled = {
  row: number
  outcome: 'created' | 'matched' | 'failed'
  code: string | null
  other_row: number | null
  job_id: string | null
  application_id: string | null
  is_new_job: boolean
}

type Held = { id: string | null; applied_on: string | null; is_open: boolean; row: number | null }
type Job = { id: string; location_key: string; url_key: string | null; held: Held[] }

export function settle(
  rows: readonly Settling[],
  jobs: readonly KnownJob[],
  claimed: ReadonlySet<string>,
  { policy, createJobs }: { policy: Policy; createJobs: boolean },
): Settled[] {
  const present: Job[] = jobs.map(({ applications, ...job }) => ({ ...job, held: applications.map((one) => ({ ...one, row: null })) }))
  const taken = new Set(claimed)

  return rows.map((row): Settled => {
    const { row: number, applied_on, is_open } = row
    const isHere = present.some((job) => job.id === row.job_id)
    const found = present
      .filter((job) => (isHere ? job.id === row.job_id : isLike(row, job)))
      .toSorted((a, b) => nearness(row, b) - nearness(row, a))
    const result = { row: number, code: null, other_row: null, application_id: null, is_new_job: false }

    const same = policy === 'create' ? undefined : sameApplication(row, found, taken)
    if (same) {
      taken.add(same.application.id as string)
      return { ...result, outcome: 'matched', job_id: same.job.id, application_id: same.application.id }
    }
    const holds = (job: Job) => job.held.find((held) => held.is_open)
    const free = found.find((job) => !holds(job) || (row.is_named && !is_open))
    if (free) {
      free.held.push({ id: null, applied_on, is_open, row: number })
      return { ...result, outcome: 'created', job_id: free.id }
    }
    const inTheWay = found[0] && holds(found[0])
    if (!createJobs || (row.is_named && isHere)) {
      return { ...result, outcome: 'failed', code: inTheWay ? 'application_already_open' : 'no_job', job_id: null }
    }
    const job_id = row.is_named && row.job_id && !isHere ? row.job_id : row.new_job_id
    present.push({
      id: job_id,
      location_key: row.location_key,
      url_key: row.url_key,
      held: [{ id: null, applied_on, is_open, row: number }],
    })
    if (!inTheWay) return { ...result, outcome: 'created', job_id, is_new_job: true }
    const isAlike = inTheWay.row !== null && inTheWay.applied_on === applied_on
    return {
      ...result,
      outcome: 'created',
      code: isAlike ? 'same_key' : 'second_application',
      other_row: inTheWay.row,
      job_id,
      is_new_job: true,
    }
  })
}

/** A place that is not told may be any; another posting of a site that numbers them is another job. */
function isLike(row: Settling, job: Job): boolean {
  const isElsewhere = row.location_key !== '' && job.location_key !== '' && row.location_key !== job.location_key
  const isPosting = (key: string | null) => key !== null && /^(?:linkedin|indeed):/.test(key)
  const isAnother = isPosting(row.url_key) && isPosting(job.url_key) && row.url_key !== job.url_key
  return !isElsewhere && !isAnother
}

const nearness = (row: Settling, job: Job) =>
  Number(job.url_key !== null && job.url_key === row.url_key) * 2 + Number(job.location_key === row.location_key)

/** One that is here, was applied for on the same day as far as is known, and that no other row is. */
function sameApplication(row: Settling, jobs: Job[], taken: ReadonlySet<string>): { job: Job; application: Held } | undefined {
  const candidates = jobs.flatMap((job) =>
    job.held.filter((held) => held.id !== null && !taken.has(held.id)).map((application) => ({ job, application })),
  )
  return (
    candidates.find(({ application }) => application.applied_on === row.applied_on) ??
    candidates.find(({ application }) => application.applied_on === null || row.applied_on === null)
  )
}
