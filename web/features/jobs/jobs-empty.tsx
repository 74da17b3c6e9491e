import { Button, Code } from '@mantine/core'
import { IconBriefcase, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/empty-state.tsx'
import { openAddJob } from './adding.ts'

export function NoJobsYet() {
  return (
    <EmptyState
      icon={<IconBriefcase size={32} stroke={1.25} />}
      title="No jobs yet"
      actions={
        <>
          <Button leftSection={<IconPlus size={16} />} onClick={openAddJob}>
            Add a job
          </Button>
          <Button component={Link} to="/data" variant="default">
            Import a file
          </Button>
        </>
      }
    >
      Postings that you find are kept here, with what became of them. A company and a title are enough to begin; a spreadsheet you already
      keep can be imported. To look around first, run <Code style={{ whiteSpace: 'nowrap' }}>npm run demo</Code>: it fills an empty account
      with sample data.
    </EmptyState>
  )
}
