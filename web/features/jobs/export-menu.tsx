import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { addressOf } from '../../../client/client.ts'
import { type ExportFormat, exports } from '../../../contract/exports.ts'
import type { Total } from '../../../contract/fields.ts'
import { isFiltered, type JobSearch, listQueryOf } from './search.ts'

type ExportMenuProps = { search: JobSearch; total: Total | undefined }

const formats: { format: ExportFormat; label: string; bom?: true }[] = [
  { format: 'csv', label: 'CSV, for a spreadsheet', bom: true },
  { format: 'json', label: 'JSON, for a program' },
]

/** A file of what the list shows: the same filter, the same order. */
export function ExportMenu({ search, total }: ExportMenuProps) {
  const what = isFiltered(search) ? 'Export what the filters show' : 'Export all jobs'
  return (
    <Menu position="bottom-end">
      <Tooltip label={what}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={what} disabled={!total || total.value === 0}>
            <IconDownload size={18} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{what}</Menu.Label>
        {formats.map(({ label, ...options }) => (
          <Menu.Item
            key={options.format}
            component="a"
            href={addressOf(exports.jobs, { query: { ...listQueryOf(search), ...options } })}
            download
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
