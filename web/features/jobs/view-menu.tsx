import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack, Switch, Text, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { columnNames, usualColumns } from './job-columns.tsx'
import { useJobsView } from './use-jobs-view.ts'

/** Which columns, how wide, how dense: kept on this device. */
export function ViewMenu({ jobs }: { jobs: Job[] }) {
  const [isOpen, setOpen] = useState(false)
  const { view, setView, reset, hasChosenColumns, hasMatch } = useJobsView(jobs)
  const shown = view.columns ?? usualColumns
  const inOrder = (ids: string[]) => columnNames.map(({ id }) => id).filter((id) => ids.includes(id))
  const isChanged = hasChosenColumns || Object.keys(view.sizes).length > 0 || view.compact
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={260} trapFocus returnFocus>
      <Tooltip label="Columns and rows">
        <Popover.Target>
          <ActionIcon variant="default" size={36} aria-label="Columns and rows" onClick={() => setOpen(!isOpen)} aria-haspopup="dialog">
            <IconColumns3 size={18} stroke={1.5} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown aria-label="Columns and rows">
        <Checkbox.Group
          label="Columns"
          value={shown}
          onChange={(ids) => setView((old) => ({ ...old, columns: inOrder([...ids, 'company', 'title']) }))}
        >
          <ScrollArea.Autosize mah={320} mt={8}>
            <Stack gap={8}>
              {columnNames
                .filter(({ id }) => id !== 'match_score' || hasMatch)
                .map(({ id, label }) => (
                  <Checkbox key={id} value={id} label={label} disabled={id === 'company' || id === 'title'} />
                ))}
            </Stack>
          </ScrollArea.Autosize>
        </Checkbox.Group>
        {!hasChosenColumns && (
          <Text size="xs" c="dimmed" mt={8}>
            Until you choose, those that do not fit are left out.
          </Text>
        )}
        <Switch
          mt={16}
          label="Compact rows"
          checked={view.compact}
          onChange={(event) => {
            const compact = event.currentTarget.checked
            setView((old) => ({ ...old, compact }))
          }}
        />
        <Button mt={12} variant="subtle" color="gray" size="compact-sm" disabled={!isChanged} onClick={reset}>
          As it was at first
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
