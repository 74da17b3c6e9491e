import { Alert, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { type Choices, draftQuery, useImport } from './api.ts'
import { ColumnsStep } from './columns-step.tsx'
import { DatesQuestion } from './dates-question.tsx'
import { FileStep } from './file-step.tsx'
import { count, fieldWords, outcomeWords } from './import-words.ts'
import classes from './imports.module.css'
import { ProblemsTable } from './problems-table.tsx'
import { WaysStep } from './ways-step.tsx'
import { WordsStep } from './words-step.tsx'

const asSuggested: Choices = { kind: 'auto', on_duplicate: 'skip', mode: 'partial' }

/** From a file to its records: each choice shows at once what would come of it. */
export function ImportWizard({ file, onLeave }: { file: File; onLeave: () => void }) {
  const [choices, setChoices] = useState(asSuggested)
  // One per set of choices: pressing twice imports once, another choice is another import.
  const [attempt, setAttempt] = useState(() => crypto.randomUUID())
  const { data: draft, error, isFetching, refetch } = useQuery(draftQuery(file, choices))
  const run = useImport()
  const navigate = useNavigate()

  const choose = (changes: Partial<Choices>) => {
    setChoices((present) => ({ ...present, ...changes }))
    setAttempt(crypto.randomUUID())
  }
  // Named from here on: what `auto` decided must not change when one column does.
  const map = (changes: Choices['mapping']) =>
    choose({
      ...(draft ? { kind: draft.kind } : {}),
      mapping: { ...(draft ? { create_jobs: draft.mapping.create_jobs ?? false } : {}), ...choices.mapping, ...changes },
    })
  const start = () =>
    run.mutate(
      { file, choices: { ...choices, ...(draft ? { kind: draft.kind, mapping: draft.mapping } : {}) }, attempt },
      { onSuccess: ({ id }) => void navigate({ to: '/data/imports/$id', params: { id } }) },
    )

  if (!draft) {
    return error ? (
      <>
        <ErrorState error={error} retry={() => void refetch()} />
        <Button mt="md" variant="default" onClick={onLeave}>
          Choose another file
        </Button>
      </>
    ) : (
      <SkeletonRows rows={8} label={`Reading ${file.name}`} />
    )
  }
  const goesIn = draft.created + draft.updated
  const isAsking = draft.missing_fields.length > 0 || draft.ambiguous_dates.length > 0
  return (
    <div className={classes.wizard} aria-busy={isFetching}>
      <FileStep file={file} draft={draft} onKind={(kind) => choose({ kind, mapping: { create_jobs: true } })} onLeave={onLeave} />
      <ColumnsStep draft={draft} onMap={(column, field) => map({ columns: { ...draft.mapping.columns, [column]: field } })} />
      {draft.missing_fields.length > 0 && (
        <Alert color="yellow" className={classes.step} title="One thing is missing">
          No column is taken for {draft.missing_fields.map((field) => `“${fieldWords(field)}”`).join(' and ')}. Choose it above, under the
          column that holds it.
        </Alert>
      )}
      <DatesQuestion draft={draft} onFormat={(date_format) => map({ date_format })} />
      <WordsStep draft={draft} onWord={(word, status) => map({ statuses: { ...draft.mapping.statuses, [word]: status } })} />
      <WaysStep draft={draft} choices={choices} onChoose={choose} onMap={map} />
      <section className={classes.step} aria-labelledby="import-result">
        <h2 id="import-result">What will happen</h2>
        <p aria-live="polite">
          Of {count(draft.total, 'row')}: {outcomeWords(draft)}.
        </p>
        <ProblemsTable problems={draft.errors} total={draft.failed} title="These rows stay out" />
        <ProblemsTable problems={draft.warnings} title="Look at these" />
        {run.error && <ErrorState error={run.error} />}
        <Group mt="md" gap={8}>
          <Button onClick={start} loading={run.isPending} disabled={isAsking || goesIn === 0}>
            {goesIn > 0 ? `Import ${count(goesIn, 'row')}` : 'Nothing to import'}
          </Button>
          <Button variant="subtle" color="gray" onClick={onLeave}>
            Cancel
          </Button>
          <span className="dimmed">You can undo it afterwards.</span>
        </Group>
      </section>
    </div>
  )
}
