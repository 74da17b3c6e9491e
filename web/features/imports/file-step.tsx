import { Button, Group, SegmentedControl, Table } from '@mantine/core'
import type { Import, ImportKind } from '../../../contract/imports.ts'
import { count, formatWords } from './import-words.ts'
import classes from './imports.module.css'

type FileStepProps = { file: File; draft: Import; onKind: (kind: ImportKind) => void; onLeave: () => void }

/** What the file is, and its first rows. */
export function FileStep({ file, draft, onKind, onLeave }: FileStepProps) {
  const format = formatWords(draft)
  return (
    <section className={classes.step} aria-labelledby="import-file">
      <h2 id="import-file">{file.name}</h2>
      <p>
        {count(draft.total, 'row')}
        {format ? `, recognised as ${format}` : ', a table of your own'}.
      </p>
      <Group gap={12} my={8}>
        <span id="import-kind">Each row is</span>
        <SegmentedControl
          aria-labelledby="import-kind"
          size="xs"
          value={draft.kind}
          onChange={(kind) => onKind(kind as ImportKind)}
          data={[
            { value: 'jobs', label: 'a job' },
            { value: 'applications', label: 'an application' },
          ]}
        />
        <Button size="compact-md" variant="subtle" color="gray" onClick={onLeave}>
          Another file
        </Button>
      </Group>
      {draft.first_rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={classes.scroll} tabIndex={0} aria-label="The first rows">
          <Table withTableBorder className={classes.preview}>
            <Table.Thead>
              <Table.Tr>
                {draft.columns.map((column) => (
                  <Table.Th key={column.name}>{column.name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {draft.first_rows.slice(0, 3).map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name than their place
                <Table.Tr key={at}>
                  {draft.columns.map((column, cell) => (
                    <Table.Td key={column.name}>{row[cell]}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </section>
  )
}
