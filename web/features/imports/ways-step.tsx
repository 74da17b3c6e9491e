import { Checkbox, Radio, Stack } from '@mantine/core'
import { type Import, personalTargets } from '../../../contract/imports.ts'
import type { Choices } from './api.ts'
import classes from './imports.module.css'

type WaysStepProps = {
  draft: Import
  choices: Choices
  onChoose: (changes: Partial<Choices>) => void
  onMap: (changes: Choices['mapping']) => void
}

/** What to do with records that are here already, with bad rows, and with what is personal. */
export function WaysStep({ draft, choices, onChoose, onMap }: WaysStepProps) {
  const personal = draft.columns.filter((column) => personalTargets.some((target) => target === column.field))
  const isOurs = draft.preset === 'landed'
  return (
    <section className={classes.step} aria-labelledby="import-ways">
      <h2 id="import-ways">How</h2>
      <Stack gap={16}>
        <Radio.Group
          label="What is here already"
          value={choices.on_duplicate}
          onChange={(value) => onChoose({ on_duplicate: value as Choices['on_duplicate'] })}
        >
          <Stack gap={8} mt={8}>
            <Radio value="skip" label="Leave it as it is" />
            <Radio value="update" label="Bring it up to date with the file; a stage never moves backwards" />
            <Radio value="create" label="Add another" />
          </Stack>
        </Radio.Group>
        {draft.failed > 0 && (
          <Checkbox
            checked={choices.mode === 'atomic'}
            onChange={(event) => onChoose({ mode: event.currentTarget.checked ? 'atomic' : 'partial' })}
            label="All rows or none: with a single bad row, import nothing"
          />
        )}
        {draft.kind === 'applications' && !isOurs && (
          <Checkbox
            checked={draft.mapping.create_jobs ?? false}
            onChange={(event) => onMap({ create_jobs: event.currentTarget.checked })}
            label="Add the job where it is not here yet"
          />
        )}
        {personal.length > 0 && (
          <Checkbox
            checked={draft.mapping.include_personal ?? false}
            onChange={(event) => onMap({ include_personal: event.currentTarget.checked })}
            label={`Also take what is personal: ${personal.map((column) => column.name).join(', ')}`}
          />
        )}
      </Stack>
    </section>
  )
}
