import type { BulkKind } from '../../../contract/bulk.ts'
import { applicationStatusWords, jobStatusWords, jobTypeWords, remoteWords } from '../../ui/words.ts'

const values: Record<string, string> = { ...remoteWords, ...jobTypeWords, ...applicationStatusWords, ...jobStatusWords }

const names: Record<string, string> = {
  application_status: 'application',
  remote_option: 'remote',
  tech_stack: 'skills',
  tech_stack_any: 'any of the skills',
  job_type: 'kind',
  source: 'found via',
  silent_days_min: 'days silent from',
}

const nameOf = (field: string) =>
  names[field] ??
  field
    .replace(/_(from|min)$/, ' from')
    .replace(/_(to|max)$/, ' up to')
    .replaceAll('_', ' ')

const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(shown).join(' or ')
    : value === true
      ? 'yes'
      : value === false
        ? 'no'
        : (values[String(value)] ?? String(value))

/** `all with status Open, “react”`. */
export function filterText(kind: BulkKind, filter: Record<string, unknown>): string {
  const { q, deleted, ...rest } = filter
  const parts = [
    ...(typeof q === 'string' && q.trim() !== '' ? [`“${q}”`] : []),
    ...Object.entries(rest).map(([field, value]) => `${nameOf(field)} ${shown(value)}`),
  ]
  const where = deleted === 'only' ? ' in the trash' : ''
  return parts.length === 0 ? `all ${kind}${where}` : `all with ${parts.join(', ')}${where}`
}
