import { Alert, Button, Group, Table } from '@mantine/core'
import type { Dispute } from './change-job.ts'
import { fieldWords } from './field-words.ts'
import classes from './job-detail.module.css'

type DisputeAlertProps = { dispute: Dispute; onMine: () => void; onTheirs: () => void }

const shown = (value: unknown) =>
  value === null || value === undefined ? 'empty' : Array.isArray(value) ? value.join(', ') : String(value)

/** Both sides changed one field: what each says, and a choice. Nothing is lost before it is made. */
export function DisputeAlert({ dispute: { now, changes, fields }, onMine, onTheirs }: DisputeAlertProps) {
  return (
    <Alert color="gray" variant="outline" title="This was changed elsewhere while you edited it" role="alert">
      <Table className={classes.dispute}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Field</Table.Th>
            <Table.Th>There now</Table.Th>
            <Table.Th>Yours</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{fieldWords[name]}</Table.Th>
              <Table.Td>{shown(now[name])}</Table.Td>
              <Table.Td>{shown(changes[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap={8} mt={8}>
        <Button size="xs" onClick={onMine}>
          Take mine
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs}>
          Keep what is there
        </Button>
      </Group>
    </Alert>
  )
}
