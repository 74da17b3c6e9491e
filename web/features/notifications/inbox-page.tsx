import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconChecks, IconInbox, IconSettings } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { NewPill } from '../../ui/new-pill.tsx'
import { notifyProblem } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { readAllOf, useUnread } from './api.ts'
import classes from './inbox.module.css'
import { InboxFilters } from './inbox-filters.tsx'
import { InboxList } from './inbox-list.tsx'
import { type InboxSearch, viewOf } from './search.ts'
import { useInbox } from './use-inbox.ts'
import { useInboxActions } from './use-inbox-actions.ts'

const route = getRouteApi('/inbox')

/** What happened? */
export function InboxPage() {
  const search = route.useSearch()
  const isPhone = useIsPhone()
  const navigate = route.useNavigate()
  const inbox = useInbox(search)
  const unread = useUnread()
  const { read } = useInboxActions()
  const change = (changes: Partial<InboxSearch>) => void navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  const isEmpty = inbox.unread.length + inbox.read.length === 0
  const accept = () => {
    inbox.accept()
    document.getElementById('main')?.scrollTo({ top: 0 })
  }
  const readAll = () =>
    readAllOf({ read: false }).then(
      (all) => read(all, true),
      (error: unknown) => notifyProblem('Nothing was marked', error),
    )
  return (
    <Page>
      <PageHeader
        title="Inbox"
        count={unread ? `${unread.toLocaleString('en')} unread` : unread === 0 && !isPhone ? 'nothing unread' : undefined}
        secondary={
          <>
            <Button
              variant="default"
              leftSection={<IconChecks size={18} stroke={1.5} aria-hidden />}
              disabled={!unread}
              onClick={() => void readAll()}
            >
              Mark all as read
            </Button>
            <Tooltip label="Choose what you are told">
              <ActionIcon component={Link} to="/settings/notifications" variant="default" size={36} aria-label="Choose what you are told">
                <IconSettings size={18} stroke={1.5} />
              </ActionIcon>
            </Tooltip>
          </>
        }
      >
        <InboxFilters search={search} onChange={change} />
      </PageHeader>
      {inbox.newCount > 0 && (
        <div className={classes.pill}>
          <NewPill count={inbox.newCount} onClick={accept} />
        </div>
      )}
      {inbox.isPending ? (
        inbox.error ? (
          <ErrorState error={inbox.error} retry={inbox.retry} />
        ) : (
          <SkeletonRows rows={10} height={48} label="Loading the inbox" />
        )
      ) : isEmpty ? (
        <Empty search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      ) : (
        <>
          <InboxList inbox={inbox} search={search} />
          {inbox.hasMore && <LoadMore label="Earlier ones" isLoading={inbox.isLoadingMore} onMore={inbox.loadMore} />}
        </>
      )}
    </Page>
  )
}

function Empty({ search, onClear }: { search: InboxSearch; onClear: () => void }) {
  const icon = <IconInbox size={32} stroke={1.25} />
  if (viewOf(search) === 'snoozed') {
    return (
      <EmptyState icon={icon} title="Nothing is put away">
        What you can’t deal with now, put away with <kbd>s</kbd>: until this evening, tomorrow, next week. It comes back here by itself,
        unread.
      </EmptyState>
    )
  }
  if (search.type !== undefined || search.read !== undefined) {
    return (
      <EmptyState
        icon={icon}
        title={search.type === undefined ? 'Nothing is unread' : 'Nothing of this kind'}
        actions={
          <Button variant="default" onClick={onClear}>
            Show everything
          </Button>
        }
      >
        You have seen all of it.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={icon}
      title="Nothing happened yet"
      actions={
        <Button component={Link} to="/settings/notifications" variant="default">
          Choose what you are told
        </Button>
      }
    >
      Interviews that come up, follow-ups that are due, postings that close, imports that are done: they are told here, each once. You can
      have them sent by e-mail or to your phone, too.
    </EmptyState>
  )
}
