import { Alert, Button, Group } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { backups } from '../../../contract/backups.ts'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { InstantText } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormProblem } from '../../ui/problem-form.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { backupsQuery, useBackUpNow } from './api.ts'
import { BackupRow } from './backup-row.tsx'
import classes from './backups.module.css'

/** The last backup with its age and whether it was proven, and each one that is kept. */
export function BackupsSection() {
  const { data, error, refetch } = useQuery(backupsQuery)
  const backUp = useBackUpNow()
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <SkeletonRows rows={2} height={56} />
  return (
    <>
      <Group justify="space-between" gap={12}>
        <p className={classes.state}>
          <State list={data} />
        </p>
        <Button
          variant="default"
          leftSection={<IconArchive size={16} stroke={1.5} aria-hidden />}
          loading={backUp.isPending}
          onClick={() => backUp.mutate(crypto.randomUUID())}
        >
          Back up now
        </Button>
      </Group>
      {data.daily.problem && (
        <Alert color="red" variant="outline" mt="sm" title="The last daily backup could not be made">
          {data.daily.problem}
        </Alert>
      )}
      <FormProblem problem={backUp.error} />
      {data.items.length > 0 && (
        <ul className={classes.list}>
          {data.items.map((backup) => (
            <BackupRow key={backup.name} backup={backup} />
          ))}
        </ul>
      )}
    </>
  )
}

function State({ list: { items, daily } }: { list: AnswerOf<typeof backups.list> }) {
  const last = items[0]
  const next = daily.enabled ? (
    <>
      {' '}
      {daily.next_due_at ? (
        <>
          The next one is due <InstantText at={daily.next_due_at} show="relative" />.
        </>
      ) : (
        'One is made each day.'
      )}
    </>
  ) : (
    ' Daily backups are switched off on this server.'
  )
  if (!last) return <>There is no backup yet.{next}</>
  return (
    <>
      The last backup was made <InstantText at={last.created_at} show="relative" />
      {last.problem ? ', and is damaged.' : last.verified_at ? ', and proven by restoring it.' : ', and not verified yet.'}
      {next}
    </>
  )
}
