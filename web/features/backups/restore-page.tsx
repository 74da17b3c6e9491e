import { Button, FileButton } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Restore } from './restore.tsx'

const route = getRouteApi('/data/restore')

export function RestorePage() {
  const { backup } = route.useSearch()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const from = file ? { file } : backup ? { name: backup } : null
  return (
    <Page shape="reading">
      <PageHeader title="Restore a backup" />
      {from ? (
        <Restore from={from} onLeave={() => void navigate({ to: '/data' })} />
      ) : (
        <EmptyState
          title="Which backup?"
          actions={
            <FileButton onChange={setFile} accept=".zip,application/zip">
              {(props) => <Button {...props}>Choose a file</Button>}
            </FileButton>
          }
        >
          It is the ZIP file that “Everything” on the page Data gave you. You see what would happen before anything does.
        </EmptyState>
      )}
    </Page>
  )
}
