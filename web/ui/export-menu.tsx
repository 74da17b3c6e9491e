import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { addressOf } from '../../client/client.ts'
import { type ExportKind, exports } from '../../contract/exports.ts'

type ExportMenuProps = {
  kind: ExportKind
  /** The list's filter and sort, as parameters of the API. */
  query: object
  isFiltered: boolean
  isDisabled?: boolean
}

/** A file of what the list shows: the same filter, the same order. */
export function ExportMenu({ kind, query, isFiltered, isDisabled = false }: ExportMenuProps) {
  const what = isFiltered ? 'Export what the filters show' : `Export all ${kind}`
  // Not typed by the route: `to` is one of two, whose filters differ.
  const choosing = (as?: string) => ({ component: Link, to: `/data/export/${kind}`, search: { ...query, as } as never })
  return (
    <Menu position="bottom-end">
      <Tooltip label={what}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={what} disabled={isDisabled}>
            <IconDownload size={18} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{what}</Menu.Label>
        <Menu.Item component="a" href={addressOf(exports[kind], { query: { ...query, format: 'csv', bom: true } })} download>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item component="a" href={addressOf(exports[kind], { query: { ...query, format: 'json' } })} download>
          JSON, for a program
        </Menu.Item>
        <Menu.Item {...choosing('report')}>PDF report</Menu.Item>
        {kind === 'applications' && <Menu.Item {...choosing('proof-of-search')}>Proof of search, to hand in</Menu.Item>}
        <Menu.Divider />
        <Menu.Item {...choosing()}>Choose fields</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
