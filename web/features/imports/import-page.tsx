import { Alert, Button, Group, Progress, VisuallyHidden } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { addressOf } from '../../../client/client.ts'
import { type Import, imports } from '../../../contract/imports.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { importQuery, isUnderWay, useUndoImport } from './api.ts'
import { count, outcomeWords } from './import-words.ts'
import classes from './imports.module.css'
import { ProblemsTable } from './problems-table.tsx'

/** One import: its progress while it runs, and what came of it. */
export function ImportPage() {
  const { id } = useParams({ from: '/data/imports/$id' })
  const { data: one, error, refetch } = useQuery(importQuery(id))
  const caches = useQueryClient()
  const status = one?.status
  useEffect(() => {
    // What a running import wrote is not in any list yet.
    if (status === 'completed') void caches.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'imports' })
  }, [status, caches])
  return (
    <Page shape="reading">
      <PageHeader title={one ? titleOf(one) : 'Import'} />
      {one ? (
        <Body one={one} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={4} label="Reading the import" />
      )}
    </Page>
  )
}

function titleOf({ status, filename }: Import): string {
  if (status === 'queued' || status === 'running') return `Importing ${filename}`
  if (status === 'failed') return `${filename} was not imported`
  return status === 'undone' ? `${filename} was taken back` : `${filename} is in`
}

function Body({ one }: { one: Import }) {
  if (isUnderWay(one)) return <Running one={one} />
  return (
    <>
      {one.problem && (
        <Alert color="yellow" mb="md">
          {one.problem.message}
        </Alert>
      )}
      {one.status === 'completed' && (
        <p className={classes.result}>
          Of {count(one.total, 'row')}: {outcomeWords(one)}.
        </p>
      )}
      {one.undo && <Undone undo={one.undo} />}
      <Group gap={8} my="md">
        {one.status === 'completed' && (
          <Button component={Link} to={one.kind === 'jobs' ? '/jobs' : '/applications'}>
            {one.kind === 'jobs' ? 'See your jobs' : 'See your applications'}
          </Button>
        )}
        <UndoButton one={one} />
        {one.failed > 0 && (
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            href={addressOf(imports.rows, { params: { id: one.id }, query: { outcome: 'failed', format: 'csv' } })}
            download
          >
            {count(one.failed, 'row')} with reasons
          </Button>
        )}
        <Button component={Link} to="/data" variant="subtle" color="gray">
          Back to Data
        </Button>
      </Group>
      <ProblemsTable problems={one.errors} total={one.failed} title="These rows stayed out" />
      <ProblemsTable problems={one.warnings} title="Look at these" />
    </>
  )
}

function Running({ one }: { one: Import }) {
  const share = one.total > 0 ? (100 * one.processed) / one.total : 0
  const seconds = (Date.now() - Date.parse(one.created_at)) / 1000
  const speed = seconds > 1 ? one.processed / seconds : 0
  const left = speed > 0 ? Math.ceil((one.total - one.processed) / speed) : null
  return (
    <>
      <Progress value={share} aria-label="Progress of the import" mb="sm" />
      <p aria-live="polite">
        {one.processed.toLocaleString('en')} of {count(one.total, 'row')}
        {speed > 0 && `, ${Math.round(speed).toLocaleString('en')} a second`}
        {left !== null && left > 0 && `, about ${left < 90 ? count(left, 'second') : count(Math.round(left / 60), 'minute')} left`}.
      </p>
      <p className="dimmed">You can leave this page; the import goes on, and the page Data shows it.</p>
    </>
  )
}

export function UndoButton({ one, compact = false }: { one: Import; compact?: boolean }) {
  const undo = useUndoImport()
  if (one.status !== 'completed' || one.created + one.updated === 0) return null
  return (
    <>
      <Button
        variant={compact ? 'subtle' : 'default'}
        color={compact ? 'gray' : undefined}
        size={compact ? 'compact-md' : 'sm'}
        loading={undo.isPending}
        onClick={() => undo.mutate(one.id)}
      >
        Undo<VisuallyHidden> the import of {one.filename}</VisuallyHidden>
      </Button>
      {undo.error && <ErrorState error={undo.error} />}
    </>
  )
}

function Undone({ undo }: { undo: NonNullable<Import['undo']> }) {
  return (
    <div className={classes.result}>
      <p>
        {count(undo.removed, 'record')} removed, {undo.restored.toLocaleString('en')} put back to what they were
        {undo.left > 0 && `, ${undo.left.toLocaleString('en')} left because you changed them since`}.
      </p>
      {undo.left_records.length > 0 && (
        <ul>
          {undo.left_records.map((record) => (
            <li key={record.id}>
              <Link to={record.kind === 'jobs' ? '/jobs/$id' : '/applications/$id'} params={{ id: record.id }}>
                {record.company}, {record.title}
              </Link>
              : {record.reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
