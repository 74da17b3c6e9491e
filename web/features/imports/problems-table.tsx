import { Table } from '@mantine/core'
import type { ImportProblem } from '../../../contract/imports.ts'
import classes from './imports.module.css'

type ProblemsTableProps = { problems: ImportProblem[]; title: string; total?: number }

/** Row, column, value, and what would be right. */
export function ProblemsTable({ problems, title, total = problems.length }: ProblemsTableProps) {
  if (problems.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={title}>
      <Table withTableBorder className={classes.problems}>
        <Table.Caption className={classes.caption}>
          {title}
          {total > problems.length && <span className="dimmed"> (the first {problems.length})</span>}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Row</Table.Th>
            <Table.Th>Column</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {problems.map(({ row, column, value, code, message }) => (
            <Table.Tr key={`${row} ${column} ${code}`}>
              <Table.Td>{row}</Table.Td>
              <Table.Td>{column ?? ''}</Table.Td>
              <Table.Td className={classes.value}>{value ?? ''}</Table.Td>
              <Table.Td>{message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
