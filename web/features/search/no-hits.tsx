import { Button, Stack } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import type { Total } from '../../../contract/fields.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type Filter as ChipFilter, namesOf } from '../../ui/filter-bar.tsx'
import { chosenText } from '../../ui/filter-chip.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { totalText } from '../../ui/total-text.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import type { BoxSyntax, Filter } from './syntaxes.ts'

type NoHitsProps = {
  kind: BoxSyntax['kind']
  /** Those of its chips. */
  filters: ChipFilter[]
  /** What found nothing. */
  filter: Filter
  didYouMean: string | undefined
  /** How many a filter would find. */
  count: (filter: Filter, signal: AbortSignal) => Promise<Total>
  onChange: (changes: Filter) => void
  onClear: () => void
}

const most = 8

/** Nothing was found: what may have been meant, and what each filter keeps away. */
export function NoHits({ kind, filters, filter, didYouMean, count, onChange, onClear }: NoHitsProps) {
  const { locale } = useUserLocale()
  const used = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  const pieces = piecesOf(filters, used)
  const q = typeof used['q'] === 'string' ? used['q'].trim() : ''
  // With a single one, taking it away is clearing all.
  const totals = useQueries({
    queries: pieces.slice(0, most).map((piece) => ({
      queryKey: ['search', 'without', kind, piece.names, used],
      queryFn: ({ signal }: { signal: AbortSignal }) => count(without(used, piece.names), signal),
      enabled: pieces.length > 1,
    })),
  })
  const mean = () => onChange({ q: didYouMean })
  useKeys('Search', didYouMean ? [{ keys: 'Enter', label: `Search for ${didYouMean}`, run: mean }] : [])
  const helps = pieces.slice(0, most).map((piece, index) => ({ ...piece, total: totals[index]?.data }))
  return (
    <EmptyState
      title={q === '' ? 'Nothing matches these filters' : `Nothing matches ${inQuotes(q)}`}
      actions={
        <Stack gap={8} align="flex-start">
          {didYouMean && (
            <Button onClick={mean} rightSection={<Keys keys="Enter" />}>
              Did you mean {didYouMean.trim()}?
            </Button>
          )}
          {pieces.length > 1 &&
            helps
              .filter(({ total }) => total?.value !== 0)
              .map(({ names, text, total }) => (
                <Button key={text} variant="default" onClick={() => onChange(Object.fromEntries(names.map((name) => [name, undefined])))}>
                  Without {text}
                  {total ? ` · ${totalText(total, locale)} ${wordFor(kind, total.value)}` : ''}
                </Button>
              ))}
          <Button variant={pieces.length > 1 || didYouMean ? 'subtle' : 'default'} onClick={onClear}>
            Clear filters
          </Button>
        </Stack>
      }
    >
      {q === '' ? '' : 'Try fewer words, or the beginning of one. '}
      {kind === 'jobs' ? 'Your jobs' : 'Your applications'} are all still there; only the filters hide them.
    </EmptyState>
  )
}

const wordFor = (kind: BoxSyntax['kind'], value: number) => (value === 1 ? kind.slice(0, -1) : kind)
const without = (filter: Filter, names: string[]) => Object.fromEntries(Object.entries(filter).filter(([name]) => !names.includes(name)))

const inQuotes = (q: string) => (q.includes('"') ? q : `“${q}”`)

/** The filter in the pieces that can be taken away one by one, each as its chip says it. */
function piecesOf(filters: ChipFilter[], used: Filter): { names: string[]; text: string }[] {
  const q = typeof used['q'] === 'string' && used['q'].trim() !== '' ? [{ names: ['q'], text: inQuotes(used['q'].trim()) }] : []
  const chips = filters.flatMap((filter) => {
    const chosen = chosenText(filter, used)
    return chosen === null ? [] : [{ names: namesOf(filter).filter((name) => name in used), text: `${filter.label}: ${chosen}` }]
  })
  return [...q, ...chips]
}
