import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconDots, IconExternalLink, IconLink, IconTrash } from '@tabler/icons-react'
import type { Job } from '../../../contract/jobs.ts'
import { announce } from '../../ui/announce.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { useDeleteJob } from './api.ts'

type JobMenuProps = { job: Job; onDeleted: () => void; layer: 'panel' | 'page' }

export function JobMenu({ job, onDeleted, layer }: JobMenuProps) {
  const clipboard = useClipboard({ timeout: 2_000 })
  const deleteJob = useDeleteJob()
  const copy = () => {
    clipboard.copy(`${window.location.origin}/jobs/${job.id}`)
    announce('Link copied')
  }
  const remove = () => {
    deleteJob(job)
    onDeleted()
  }
  useKeys(
    'This job',
    [
      { keys: 'c', label: 'Copy the link', run: copy },
      { keys: 'Delete', label: 'Delete, with ten seconds to undo', run: remove },
      { keys: 'Backspace', label: 'Delete', hidden: true, run: remove },
    ],
    { layer },
  )
  return (
    <>
      <Tooltip
        label={
          <>
            {clipboard.copied ? 'Copied' : 'Copy the link'} <Keys keys="c" />
          </>
        }
      >
        <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label="Copy the link">
          {clipboard.copied ? <IconCheck size={18} /> : <IconLink size={18} stroke={1.5} />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="More for this job">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {job.url && (
            <Menu.Item
              component="a"
              href={job.url}
              target="_blank"
              rel="noreferrer noopener"
              leftSection={<IconExternalLink size={16} stroke={1.5} />}
            >
              Open the posting
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.5} />} rightSection={<Keys keys="Delete" />} onClick={remove}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
