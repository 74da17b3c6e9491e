import { Table } from '@mantine/core'
import type { RestoreReport } from '../../../contract/backups.ts'
import classes from './backups.module.css'

const named = (kind: string) => `${kind[0]?.toUpperCase()}${kind.slice(1).replaceAll('_', ' ')}`

/** Kind by kind, what is added, brought up to date, left, or cannot be taken and why. */
export function ReportTable({ report: { records, skipped } }: { report: Pick<RestoreReport, 'records' | 'skipped'> }) {
  const told = Object.entries(records).filter(([, { added, updated, kept }]) => added + updated + kept > 0)
  const number = (value: number) => value.toLocaleString('en')
  return (
    <>
      <Table className={classes.report} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th>Added</Table.Th>
            <Table.Th>Brought up to date</Table.Th>
            <Table.Th>Left as it is</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {told.map(([kind, { added, updated, kept }]) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row">{named(kind)}</Table.Th>
              <Table.Td>{number(added)}</Table.Td>
              <Table.Td>{number(updated)}</Table.Td>
              <Table.Td>{number(kept)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {skipped.length > 0 && (
        <ul aria-label="What cannot be taken">
          {skipped.map(({ kind, id, reason }) => (
            <li key={id}>
              {named(kind)} {id}: {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
