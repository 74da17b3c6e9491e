import { Button } from '@mantine/core'
import { IconCalendarCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Dashboard } from '../../../contract/analytics.ts'
import { longDay } from '../../ui/days.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { dashboardQuery } from './api.ts'
import { dueGroups, silenceReason } from './due.ts'
import { DueList } from './due-list.tsx'
import classes from './today.module.css'
import { useDo } from './use-do.ts'
import { useDueKeys } from './use-due-keys.ts'
import { Goal, Week } from './week.tsx'

/** What do I do now? */
export function TodayPage() {
  const { data: dashboard, error, refetch } = useQuery(dashboardQuery)
  const { locale } = useUserLocale()
  return (
    <Page>
      <PageHeader title="Today" count={dashboard && longDay(dashboard.today, locale)} />
      {dashboard ? (
        <Board dashboard={dashboard} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={8} height={44} />
      )}
    </Page>
  )
}

function Board({ dashboard }: { dashboard: Dashboard }) {
  const act = useDo()
  const groups = dueGroups(dashboard)
  const { records } = dashboard
  useDueKeys(
    groups.flatMap((group) => group.items),
    (due, action) => void act(due, action),
  )
  if (records.jobs === 0 && records.applications === 0) return <FirstDay />
  return (
    <div className={classes.columns}>
      <div>
        {groups.length === 0 && (
          <EmptyState icon={<IconCalendarCheck size={28} />} title="Nothing is due">
            Interviews, follow-ups and deadlines come up here on their day. You can set a follow-up on any application with <kbd>f</kbd>.
          </EmptyState>
        )}
        {groups.map((group) => (
          <DueList
            key={group.list}
            group={group}
            note={group.list === 'silent' ? silenceReason(dashboard) : null}
            onAct={(due, action) => void act(due, action)}
          />
        ))}
      </div>
      <aside className={classes.aside} aria-label="This week">
        <Goal {...dashboard.goal} />
        <Week thisWeek={dashboard.this_week} lastWeek={dashboard.last_week} />
      </aside>
    </div>
  )
}

const FirstDay = () => (
  <EmptyState
    icon={<IconCalendarCheck size={28} />}
    title="Your search starts here"
    actions={
      <>
        <Button component={Link} to="/jobs">
          Add a job
        </Button>
        <Button component={Link} to="/data" variant="default">
          Bring a spreadsheet
        </Button>
      </>
    }
  >
    Every day this page says what to do next: interviews, follow-ups, deadlines. It begins with the jobs you found. Add one, or bring the
    spreadsheet you already keep.
  </EmptyState>
)
