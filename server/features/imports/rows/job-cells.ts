import type { ImportTarget } from '../../../../contract/imports.ts'
import { JobInput } from '../../../../contract/jobs.ts'
import { noonOf } from '../../../calendar.ts'
import type { Clock } from '../../applications/history.ts'
import type { Plan } from '../mapping/plan.ts'
import { textOfHtml } from '../values/html.ts'
import { parseList } from '../values/lists.ts'
import { currencyOf, parseAmount, parseSalary, type Salary } from '../values/salaries.ts'
import { jobTypeOf, periodWordOf, priorityOf, remoteOptionOf, yesOrNo } from '../values/words.ts'
import type { CellReader } from './cells.ts'
import type { Notebook } from './problems.ts'
import type { JobDraft } from './read-row.ts'

const shape = JobInput.shape

export function readJobCells(plan: Plan, cells: CellReader, clock: Clock, book: Notebook): JobDraft {
  const text = (target: 'description' | 'requirements' | 'responsibilities') => {
    const value = cells.text(target)
    return value === null ? null : cells.checked(target, shape[target], textOfHtml(value))
  }
  const list = (target: 'tech_stack' | 'tags') => {
    const value = cells.text(target)
    return value === null ? null : cells.checked(target, shape[target], parseList(value))
  }
  const type = cells.text('job_type')
  const job_type = type === null ? null : jobTypeOf(type)
  const remote = cells.text('remote_option')
  // "Work from home" stands among the job types of some sites.
  const remote_option = remote === null ? (type !== null && job_type === null ? remoteOptionOf(type) : null) : remoteOptionOf(remote)
  if (type !== null && job_type === null && remote_option === null)
    cells.keepOrFail('job_type', 'invalid_value', 'must be full_time, part_time, contract, internship, temporary or freelance')
  if (remote !== null && remote_option === null) cells.keepOrFail('remote_option', 'invalid_value', 'must be onsite, hybrid or remote')
  return {
    // Some sites put their rating of a company on a second line.
    company: nameOf(cells, 'company', (name) => name.slice(0, 1_000).replace(/\n\s*\d(?:\.\d)?\s*★?\s*$/, '')),
    title: nameOf(cells, 'title', (name) => name),
    location: cells.line('location'),
    remote_option,
    job_type,
    description: text('description'),
    requirements: text('requirements'),
    responsibilities: text('responsibilities'),
    ...readSalary(cells, book),
    tech_stack: list('tech_stack'),
    tags: list('tags'),
    url: cells.url('url'),
    source: cells.line('source') ?? plan.preset?.source ?? null,
    status: readAvailability(plan, cells),
    priority: readPriority(cells),
    notes: null,
    posted_on: cells.looseDay('posted_on'),
    deadline_on: cells.looseDay('deadline_on'),
    created_at: readSavedAt(cells, clock),
    updated_at: null,
    deleted_at: null,
  }
}

function nameOf(cells: CellReader, target: 'company' | 'title', tidy: (name: string) => string): string | null {
  const value = cells.text(target)
  return value === null ? null : cells.checked(target, shape[target], tidy(value).replace(/\s+/g, ' ').trim())
}

function readAvailability(plan: Plan, cells: CellReader): JobDraft['status'] {
  const archived = cells.text('archived')
  if (archived !== null && yesOrNo(archived) === true) return 'archived'
  return plan.kind === 'jobs' ? (cells.status() as JobDraft['status']) : null
}

function readPriority(cells: CellReader): number | null {
  const value = cells.text('priority')
  const priority = value === null ? null : priorityOf(value)
  if (value !== null && priority === null) cells.keepOrFail('priority', 'invalid_value', 'must be a whole number from 0 to 5')
  return priority
}

function readSavedAt(cells: CellReader, clock: Clock): string | null {
  const day = cells.looseDay('created_at')
  if (day === null) return null
  const value = cells.text('created_at') as string
  // Trackers keep UTC; a bare day is taken at noon. What lies ahead cannot have been saved.
  const written = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(value)
    ? Date.parse(/(?:z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value.replace(' ', 'T')}Z`)
    : Number.NaN
  const instant = Number.isNaN(written) ? noonOf(day, clock.timezone) : new Date(written).toISOString()
  return [instant, clock.now].toSorted()[0] as string
}

const noSalary: Salary = { salary_min: null, salary_max: null, salary_currency: null, salary_period: null }

function readSalary(cells: CellReader, book: Notebook): Salary {
  const whole = cells.text('salary')
  const parsed = whole === null ? null : parseSalary(whole)
  if (whole !== null && parsed === null) book.kept.push(`${cells.nameOf('salary')}: ${whole}`)
  const salary_min = readAmount(cells, 'salary_min') ?? parsed?.salary_min ?? null
  const salary_max = readAmount(cells, 'salary_max') ?? parsed?.salary_max ?? null
  if (salary_min !== null && salary_max !== null && salary_min > salary_max)
    cells.fail('salary_min', 'invalid_value', `must not be more than the highest pay (${salary_max})`, String(salary_min))
  const currency = cells.text('salary_currency')
  const code = currency === null ? null : currencyOf(currency)
  if (currency !== null && code === null)
    cells.keepOrFail('salary_currency', 'invalid_value', 'must be a currency code of ISO 4217 such as EUR')
  const period = cells.text('salary_period')
  const salary_period = period === null ? null : periodWordOf(period)
  if (period !== null && salary_period === null)
    cells.keepOrFail('salary_period', 'invalid_value', 'must be year, month, week, day or hour')
  const named = [cells.text('salary_min'), cells.text('salary_max')].find((amount) => amount !== null && currencyOf(amount) !== null)
  const salary = {
    salary_min,
    salary_max,
    salary_currency: code ?? parsed?.salary_currency ?? (named ? currencyOf(named) : null),
    salary_period: salary_period ?? parsed?.salary_period ?? null,
  }
  return salary_min === null && salary_max === null && whole === null && code === null && salary_period === null ? noSalary : salary
}

function readAmount(cells: CellReader, target: Extract<ImportTarget, 'salary_min' | 'salary_max'>): number | null {
  const value = cells.text(target)
  if (value === null) return null
  const amount = parseAmount(value)
  if (amount === null) {
    cells.fail(target, 'invalid_value', `must be an amount of 0 or more such as 62000, not ${JSON.stringify(value.slice(0, 80))}`)
    return null
  }
  return cells.checked(target, shape[target], amount)
}
