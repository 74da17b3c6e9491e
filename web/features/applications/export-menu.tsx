import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { addressOf } from '../../../client/client.ts'
import { exports } from '../../../contract/exports.ts'
import type { ListQuery } from './search.ts'

/** A file of what the filter shows, all of it. */
export function ExportMenu({ query }: { query: ListQuery }) {
  const address = (format: 'csv' | 'json') =>
    addressOf(exports.applications, { query: { ...query, format, ...(format === 'csv' ? { bom: true } : {}) } })
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.5} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What is shown, all of it</Menu.Label>
        <Menu.Item component="a" href={address('csv')} download>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item component="a" href={address('json')} download>
          JSON, for a program
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
