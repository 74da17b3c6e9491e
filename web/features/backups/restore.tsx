import { Button, Group, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RestoreInput, RestoreReport } from '../../../contract/backups.ts'
import { InstantText } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { type RestoreSource, restoreDraft, useRestore } from './api.ts'
import { countsText } from './backup-words.ts'
import classes from './backups.module.css'
import { ReportTable } from './report-table.tsx'

type RestoreProps = { from: RestoreSource; onLeave: () => void }

/** What is in a backup and what restoring it would do, then doing it. */
export function Restore({ from, onLeave }: RestoreProps) {
  const [mode, setMode] = useState<RestoreInput['mode']>('merge')
  const [attempt, setAttempt] = useState(() => crypto.randomUUID())
  const { data: draft, error, isFetching, refetch } = useQuery(restoreDraft(from, mode))
  const run = useRestore(from)
  if (run.data) return <Restored report={run.data} onLeave={onLeave} />
  if (!draft) {
    return error ? (
      <>
        <ErrorState error={error} retry={() => void refetch()} />
        <Button mt="md" variant="default" onClick={onLeave}>
          Back to Data
        </Button>
      </>
    ) : (
      <SkeletonRows rows={6} label="Checking the backup" />
    )
  }
  return (
    <Stack gap={20} className={classes.restore} aria-busy={isFetching}>
      <p className="dimmed">
        Made <InstantText at={draft.backup.created_at} />, with {countsText(draft.backup.counts)}. Every file in it is whole.
      </p>
      <Radio.Group
        label="How"
        value={mode}
        onChange={(value) => {
          setMode(value as RestoreInput['mode'])
          setAttempt(crypto.randomUUID())
        }}
      >
        <Stack gap={12} mt={8}>
          <Radio value="merge" label="Add what is missing here" description="Of what is here already, the newer one stays" />
          <Radio value="replace" label="Put it in the place of everything here" description="What is here now is kept as a backup first" />
        </Stack>
      </Radio.Group>
      <section aria-labelledby="restore-result" aria-live="polite">
        <h2 id="restore-result">What will happen</h2>
        {draft.removed && (
          <p>
            {countsText(draft.removed)} here now will go. <strong>A backup of them is kept</strong>, so you can come back.
          </p>
        )}
        <ReportTable report={draft} />
      </section>
      {run.error && <ErrorState error={run.error} />}
      <Group gap={8}>
        <Button
          loading={run.isPending}
          color={mode === 'replace' ? 'red' : undefined}
          disabled={draft.mode !== mode}
          onClick={() => run.mutate({ mode, attempt, ...(draft.removed ? { confirm: draft.removed } : {}) })}
        >
          {draft.removed ? `Replace ${countsText(draft.removed)}` : 'Restore'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onLeave}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}

function Restored({ report, onLeave }: { report: RestoreReport; onLeave: () => void }) {
  return (
    <Stack gap={16}>
      <p>
        The backup is restored.
        {report.kept_as && ' What was here before is kept among the backups on the page Data.'}
      </p>
      <ReportTable report={report} />
      <Group>
        <Button onClick={onLeave}>Back to Data</Button>
      </Group>
    </Stack>
  )
}
