import { useQuery } from '@tanstack/react-query'
import type { ExportKind } from '../../../contract/exports.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { totalOf } from './api.ts'

type FilterWordsProps = { kind: ExportKind; query: Record<string, unknown> }

/** What goes into the file, in words: `12 jobs, of those where status is open`. */
export function FilterWords({ kind, query }: FilterWordsProps) {
  const { locale } = useUserLocale()
  const { data } = useQuery(totalOf(kind, query))
  const said = Object.entries(query)
    .filter(([name]) => name !== 'sort')
    .map(([name, value]) => `${name === 'q' ? 'search' : name.replaceAll('_', ' ')}: ${[value].flat().join(' or ')}`)
  const one = kind === 'jobs' ? 'job' : 'application'
  const number = data && `${data.relation === 'at_least' ? 'More than ' : ''}${data.value.toLocaleString(locale)}`
  const what = data ? `${number} ${data.value === 1 ? one : kind}` : `Your ${kind}`
  return <p className="dimmed">{said.length > 0 ? `${what} – ${said.join(', ')}` : `${what}: everything that is not in the trash`}</p>
}
