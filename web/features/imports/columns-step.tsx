import { Select } from '@mantine/core'
import { type Import, type ImportColumn, type ImportTarget, importTargets } from '../../../contract/imports.ts'
import { fieldWords } from './import-words.ts'
import classes from './imports.module.css'

const leftOut = 'left out'

/** Which column is what, with values from the file beside it. */
export function ColumnsStep({ draft, onMap }: { draft: Import; onMap: (column: string, field: ImportTarget | null) => void }) {
  // Our own export is taken as it stands.
  if (draft.preset === 'landed') return null
  const fields = importTargets[draft.kind].map((field) => ({ value: field as string, label: fieldWords(field) }))
  const options = [{ value: leftOut, label: 'Leave it out' }, ...fields.toSorted((a, b) => a.label.localeCompare(b.label))]
  return (
    <section className={classes.step} aria-labelledby="import-columns">
      <h2 id="import-columns">Columns</h2>
      <ul className={classes.rows}>
        {draft.columns.map((column) => (
          <li key={column.name} className={classes.row}>
            <div className={classes.cell}>
              <strong>{column.name}</strong>
              <Samples column={column} />
            </div>
            <Select
              aria-label={`${column.name} is`}
              searchable
              allowDeselect={false}
              data={options}
              value={column.field ?? leftOut}
              data-left-out={column.field === null || undefined}
              onChange={(value) => onMap(column.name, value === leftOut ? null : (value as ImportTarget))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const Samples = ({ column }: { column: ImportColumn }) =>
  column.samples.length > 0 ? (
    <span className={classes.samples}>{column.samples.join(' · ')}</span>
  ) : (
    <span className={classes.samples}>empty</span>
  )
