import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import { channelsQuery, preferencesQuery, useChangePreferences } from './api.ts'
import { Digest } from './digest.tsx'
import { Matrix } from './matrix.tsx'
import classes from './preferences.module.css'
import { QuietHours } from './quiet-hours.tsx'
import { ReminderTimes } from './reminder-times.tsx'
import { Ways } from './ways.tsx'

/** What am I told, where, and when not? */
export function PreferencesPage() {
  const preferences = useQuery(preferencesQuery)
  const channels = useQuery(channelsQuery)
  const { save } = useChangePreferences()
  const error = preferences.error ?? channels.error
  return (
    <Page>
      <PageHeader
        title="Notifications"
        secondary={
          <Button component={Link} to="/settings" variant="subtle" color="gray">
            All settings
          </Button>
        }
      />
      {preferences.data && channels.data ? (
        <div className={classes.columns}>
          <Matrix preferences={preferences.data} channels={channels.data} save={save} />
          <div className={classes.aside}>
            <Ways preferences={preferences.data} channels={channels.data} save={save} />
            <ReminderTimes minutes={preferences.data.interview_reminder_minutes} save={save} />
            <QuietHours quiet={preferences.data.quiet_hours} until={channels.data.quiet_until} save={save} />
            <Digest digest={preferences.data.digest} next={channels.data.next_digest_at} save={save} />
          </div>
        </div>
      ) : error ? (
        <ErrorState
          error={error}
          retry={() => {
            void preferences.refetch()
            void channels.refetch()
          }}
        />
      ) : (
        <SkeletonRows rows={14} height={36} label="Loading what you are told" />
      )}
    </Page>
  )
}
