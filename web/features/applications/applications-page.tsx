import { Button } from '@mantine/core'
import { IconLayoutKanban, IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { Total } from '../../../contract/fields.ts'
import { useInfiniteList } from '../../api/infinite-list.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { AddApplication } from './add/add-application.tsx'
import { applicationList } from './api.ts'
import { Board } from './board/board.tsx'
import { ListControls } from './list-controls.tsx'
import { ApplicationPanel } from './one/application-panel.tsx'
import { type ApplicationsSearch, isFiltered, queryOf } from './search.ts'
import { ApplicationTable } from './table/application-table.tsx'

const route = getRouteApi('/applications/')

export function ApplicationsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = queryOf(search)
  const isTable = search.view === 'table'
  // The first column's answer counts all of them; its cards come along, so this asks for nothing twice.
  const first = useInfiniteList(applicationList(isTable ? query : { ...query, status: [query.status?.[0] ?? 'interested'] }))
  const counts = first.first?.by_status
  const shown = counts && (query.status ?? (Object.keys(counts) as (keyof typeof counts)[])).reduce((sum, one) => sum + counts[one], 0)

  const change = (changes: Partial<ApplicationsSearch>, replace = true) =>
    void navigate({ search: (old) => ({ ...old, ...changes }), replace, resetScroll: false })
  const add = () => change({ add: 'new' }, false)
  useKeys('Applications', [{ keys: 'v', label: 'Board or table', run: () => change({ view: isTable ? undefined : 'table' }) }])

  const isEmpty = shown === 0 && !first.isStale
  const hasNone = isEmpty && !isFiltered(query)
  return (
    <Page shape="fill">
      <PageHeader
        title="Applications"
        count={shown === undefined ? undefined : totalText({ value: shown, relation: 'exact' })}
        {...(hasNone
          ? {}
          : {
              primary: { label: 'Add', icon: <IconPlus size={16} />, keys: 'n a', onClick: add },
              secondary: <ExportMenu kind="applications" query={query} isFiltered={isFiltered(query)} />,
            })}
      >
        {!hasNone && <ListControls search={search} onChange={change} />}
      </PageHeader>
      {first.error && !counts ? (
        <ErrorState error={first.error} retry={first.retry} />
      ) : hasNone ? (
        <NoneYet onAdd={add} />
      ) : isEmpty ? (
        <EmptyState title="Nothing matches these filters" actions={<ClearFilters query={query} onChange={change} />}>
          Your applications are all still there; take a filter away to see them.
        </EmptyState>
      ) : isTable ? (
        <ApplicationTable query={query} openId={search.open} onSort={(sort) => change({ sort })} />
      ) : (
        <Board query={query} counts={counts} openId={search.open} />
      )}
      {search.open && <ApplicationPanel id={search.open} onClose={() => change({ open: undefined }, false)} />}
      {search.add && <AddApplication jobId={search.add === 'new' ? null : search.add} onClose={() => change({ add: undefined })} />}
    </Page>
  )
}

const totalText = ({ value, relation }: Total) => `${value.toLocaleString('en')}${relation === 'at_least' ? ' or more' : ''}`

function ClearFilters({ query, onChange }: { query: object; onChange: (changes: Partial<ApplicationsSearch>) => void }) {
  const nothing = Object.fromEntries(Object.keys(query).map((name) => [name, undefined]))
  return (
    <Button variant="default" onClick={() => onChange(nothing)}>
      Clear filters
    </Button>
  )
}

function NoneYet({ onAdd }: { onAdd: () => void }) {
  return (
    <EmptyState
      icon={<IconLayoutKanban size={32} stroke={1.25} />}
      title="No applications yet"
      actions={<Button onClick={onAdd}>Add an application</Button>}
    >
      Each one will be a card that walks from Interested to Offer: you see where it stands, for how long, and what comes next. Start with a
      job you have applied for, or would like to.
    </EmptyState>
  )
}
