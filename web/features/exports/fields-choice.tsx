import { Button, Checkbox, Group } from '@mantine/core'
import { type ExportFormat, type ExportKind, exportFields, pdfLimits } from '../../../contract/exports.ts'
import classes from './exports.module.css'

type FieldsChoiceProps = {
  kind: ExportKind
  format: ExportFormat
  /** null: as usual, which is all of them but in a PDF. */
  chosen: string[] | null
  onChoose: (chosen: string[] | null) => void
}

const nameOf = (field: string) => `${field[0]?.toUpperCase()}${field.slice(1).replaceAll('_', ' ')}`

/** Which fields the file holds. The choice is remembered on this device. */
export function FieldsChoice({ kind, format, chosen, onChoose }: FieldsChoiceProps) {
  const known = exportFields[kind][format]
  const isPdf = format === 'pdf'
  const isFull = isPdf && (chosen?.length ?? 0) >= pdfLimits.fields
  return (
    <fieldset className={classes.fields}>
      <legend>{isPdf ? `Columns of the table, up to ${pdfLimits.fields}` : 'Fields'}</legend>
      <Checkbox
        checked={chosen === null}
        onChange={(event) => onChoose(event.currentTarget.checked ? null : isPdf ? ['company', 'title', 'status'] : [...known])}
        label={isPdf ? 'The usual ones' : `All ${known.length}`}
      />
      {chosen && (
        <>
          <Checkbox.Group
            aria-label="Fields in the file"
            value={chosen}
            onChange={(names) => names.length > 0 && onChoose(known.filter((name) => names.includes(name)))}
          >
            <div className={classes.choice}>
              {known.map((name) => (
                <Checkbox key={name} value={name} label={nameOf(name)} disabled={isFull && !chosen.includes(name)} />
              ))}
            </div>
          </Checkbox.Group>
          {!isPdf && (
            <Group gap={8}>
              <Button variant="default" size="compact-md" onClick={() => onChoose(['id'].concat(known[1] ?? []))}>
                Clear
              </Button>
              <span className="dimmed">A file can be imported again without loss only with all fields.</span>
            </Group>
          )}
        </>
      )}
    </fieldset>
  )
}
