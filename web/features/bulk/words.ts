import type { ApplicationStatus, JobStatus } from '../../../contract/jobs.ts'
import type { BulkAlso, BulkError } from '../../../contract/tasks.ts'
import { applicationStatusWords } from '../../ui/words.ts'
import type { Said } from './change.ts'

/** How this user writes numbers and days. */
export type Local = { locale: string; day: (day: string) => string }

type Counts = { total: number; succeeded: number; failed: number; also?: BulkAlso | null | undefined }

/** What would be done with `n`, and what was. */
type Phrase = (n: string) => [would: string, was: string]

const number = (count: number, { locale }: Pick<Local, 'locale'>) => count.toLocaleString(locale)

/** `1,204 jobs`. */
export const howMany = (kind: Said['kind'], count: number, local: Pick<Local, 'locale'>) =>
  `${number(count, local)} ${count === 1 ? kind.slice(0, -1) : kind}`

const quoted = (words: unknown) => (Array.isArray(words) ? words : []).map((word) => `“${word}”`).join(', ')
const named = (one: string, words: unknown) => `${one}${Array.isArray(words) && words.length > 1 ? 's' : ''} ${quoted(words)}`
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const jobStatuses: Record<(typeof JobStatus)['options'][number], Phrase> = {
  open: (n) => [`Open ${n} again`, `${n} open again`],
  closed: (n) => [`Close ${n}`, `${n} closed`],
  archived: (n) => [`Archive ${n}`, `${n} archived`],
}

function phraseOf(kind: Said['kind'], field: string, value: unknown, local: Local): Phrase {
  switch (field) {
    case 'status':
      if (kind === 'jobs') return jobStatuses[value as keyof typeof jobStatuses]
      return (n) => {
        const status = applicationStatusWords[value as ApplicationStatus]
        return [`Move ${n} to ${status}`, `${n} moved to ${status}`]
      }
    case 'priority':
      return value === 0
        ? (n) => [`Clear the priority of ${n}`, `Priority of ${n} cleared`]
        : (n) => [`Set the priority of ${n} to ${value}`, `Priority of ${n} set to ${value}`]
    case 'add_tags':
    case 'add_skills': {
      const what = named(field === 'add_tags' ? 'tag' : 'skill', value)
      return (n) => [`Add the ${what} to ${n}`, `${upperFirst(what)} added to ${n}`]
    }
    case 'remove_tags':
    case 'remove_skills': {
      const what = named(field === 'remove_tags' ? 'tag' : 'skill', value)
      return (n) => [`Take the ${what} from ${n}`, `${upperFirst(what)} taken from ${n}`]
    }
    case 'follow_up_on':
      return value === null
        ? (n) => [`Clear the follow-up of ${n}`, `Follow-up of ${n} cleared`]
        : (n) => [`Set the follow-up of ${n} to ${local.day(String(value))}`, `Follow-up of ${n} set to ${local.day(String(value))}`]
    case 'reminders_muted':
      return value === true
        ? (n) => [`Mute the reminders of ${n}`, `Reminders of ${n} muted`]
        : (n) => [`Turn the reminders of ${n} on again`, `Reminders of ${n} on again`]
    default: {
      const name = field.replaceAll('_', ' ')
      return (n) => [`Change the ${name} of ${n}`, `${upperFirst(name)} of ${n} changed`]
    }
  }
}

function phrasesOf({ kind, action, permanent, changes, fields }: Said, local: Local): Phrase[] {
  switch (action) {
    case 'create':
      return [(n) => [`Add ${n}`, `${n} added`]]
    case 'delete':
      return permanent ? [(n) => [`Delete ${n} for good`, `${n} deleted for good`]] : [(n) => [`Delete ${n}`, `${n} moved to the trash`]]
    case 'restore':
      return [(n) => [`Restore ${n}`, `${n} restored`]]
    case 'undo':
      return [(n) => [`Put back ${n}`, `${n} put back`]]
    case 'update': {
      if (changes) return Object.entries(changes).map(([field, value]) => phraseOf(kind, field, value, local))
      const names = (fields ?? []).map((field) => field.replaceAll('_', ' ')).join(', ')
      return [(n) => [`Change ${n}`, names ? `${n} changed: ${names}` : `${n} changed`]]
    }
  }
}

/** The applications that go where their jobs go. */
function withThem(said: Said, count: number, also: Counts['also']): string {
  if (said.kind !== 'jobs' || !also || also.applications === 0 || (said.action !== 'delete' && said.action !== 'restore')) return ''
  if (also.applications === 1) return count === 1 ? ' and its application' : ' and the one application they have'
  return ` and ${count === 1 ? 'its' : 'their'} ${also.applications.toLocaleString('en')} applications`
}

function said(what: Said, counts: Counts, local: Local, tense: 0 | 1): string {
  const n = `${howMany(what.kind, counts.succeeded, local)}${withThem(what, counts.succeeded, counts.also)}`
  const [first, ...others] = phrasesOf(what, local).map((phrase, index) => phrase(index === 0 ? n : 'them')[tense])
  return [first, ...others.map((other) => lowerFirst(other))].join(' and ')
}

/** On the button: `Archive 1,204 jobs`. */
export const command = (what: Said, count: number, local: Local) => said(what, { total: count, succeeded: count, failed: 0 }, local, 0)

/** Before: `Archive 1,204 jobs; 37 of them have open applications, which stay.` */
export function preview(what: Said, counts: Counts, local: Local): string {
  if (counts.total === 0) return 'Nothing matches any more, so there is nothing to change.'
  if (counts.succeeded === 0)
    return counts.total === 1 ? 'It cannot be changed.' : `None of the ${number(counts.total, local)} can be changed.`
  const open = counts.also?.open_applications ?? 0
  const isDelete = what.action === 'delete' && !what.permanent
  const isEnd =
    what.action === 'update' && what.kind === 'jobs' && what.changes?.['status'] !== undefined && what.changes['status'] !== 'open'
  const rest =
    open === 0 || !(isDelete || isEnd)
      ? ''
      : isDelete
        ? `, ${open === counts.also?.applications ? (open === 1 ? 'still open' : 'all of them open') : `${number(open, local)} of them open`}`
        : open === 1
          ? '; one of them has an open application, which stays'
          : `; ${number(open, local)} of them have open applications, which stay`
  const left = counts.failed === 0 ? '' : ` ${number(counts.failed, local)} of ${number(counts.total, local)} stay as they are.`
  return `${said(what, counts, local, 0)}${rest}.${left}`
}

/** After: `1,204 jobs archived.` */
export function report(what: Said, counts: Counts, local: Local): string {
  if (counts.succeeded === 0) return counts.total === 0 ? 'Nothing matched, so nothing was changed.' : 'Nothing was changed.'
  return `${upperFirst(said(what, counts, local, 1))}.`
}

/** Above what was left: `3 of 40 were left:` */
export const leftTitle = ({ total, failed }: Pick<Counts, 'total' | 'failed'>, local: Pick<Local, 'locale'>) =>
  `${number(failed, local)} of ${number(total, local)} ${failed === 1 ? 'was' : 'were'} left:`

const reasons: Record<string, string> = {
  not_found: 'no longer there',
  changed_since: 'changed since',
  stale_version: 'changed elsewhere meanwhile',
  application_already_open: 'the job has another open application',
}

/** The records that were left, by the reason they share. */
export function leftBy(errors: readonly BulkError[]): { reason: string; ids: string[] }[] {
  const groups = Map.groupBy(errors, ({ code, message }) => reasons[code] ?? lowerFirst(message.replace(/\.$/, '')))
  return [...groups].map(([reason, members]) => ({ reason, ids: members.flatMap(({ id }) => id ?? []) }))
}
