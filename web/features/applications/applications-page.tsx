import { Button } from '@mantine/core'
import { IconLayoutKanban, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useInfiniteList } from '../../api/infinite-list.ts'
import { useShown } from '../../api/shown.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { NoHits } from '../search/no-hits.tsx'
import { ViewState } from '../views/view-state.tsx'
import { ViewsMenu } from '../views/views-menu.tsx'
import { AddApplication } from './add/add-application.tsx'
import { applicationList, countApplications, meantQuery } from './api.ts'
import { Board } from './board/board.tsx'
import { ListControls } from './list-controls.tsx'
import { ApplicationPanel } from './one/application-panel.tsx'
import { type ApplicationsSearch, filterIn, filters, isFiltered, queryOf } from './search.ts'
import { ApplicationTable } from './table/application-table.tsx'

const route = getRouteApi('/applications/')

export function ApplicationsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { locale } = useUserLocale()
  const isPhone = useIsPhone()
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

  // While the next ones are on their way, what is shown is what was asked before.
  const shownQuery = useShown(query, first.isStale)
  const isEmpty = shown === 0
  const present = { kind: 'applications', saved: search.saved, query: filterIn(query), sort: query.sort, columns: null } as const
  const hasNone = isEmpty && !isFiltered(query) && !isFiltered(shownQuery)
  const { data: meant } = useQuery(meantQuery(query, isEmpty && !first.isStale))
  const didYouMean = isEmpty && !first.isStale ? (meant ?? undefined) : undefined
  return (
    <Page shape="fill">
      <PageHeader
        title="Applications"
        count={
          <>
            {shown?.toLocaleString(locale)} {!isPhone && <ViewState present={present} onReset={() => undefined} />}
          </>
        }
        {...(hasNone
          ? {}
          : {
              primary: { label: 'Add', icon: <IconPlus size={16} />, keys: 'n a', onClick: add },
              secondary: (
                <>
                  <ViewsMenu present={present} onReset={() => undefined} />
                  <ExportMenu kind="applications" query={query} isFiltered={isFiltered(query)} />
                </>
              ),
            })}
      >
        {isPhone && <ViewState present={present} onReset={() => undefined} />}
        {!hasNone && <ListControls search={search} onChange={change} didYouMean={didYouMean} />}
      </PageHeader>
      {first.error && !counts ? (
        <ErrorState error={first.error} retry={first.retry} />
      ) : hasNone ? (
        <NoneYet onAdd={add} />
      ) : isEmpty ? (
        <NoHits
          kind="applications"
          filters={filters}
          filter={filterIn(shownQuery)}
          didYouMean={didYouMean}
          count={countApplications}
          onChange={change}
          onClear={() => change(Object.fromEntries(Object.keys(filterIn(query)).map((name) => [name, undefined])))}
        />
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
