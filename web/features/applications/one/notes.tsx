import { Alert, Button, Group, Textarea } from '@mantine/core'
import type { Application } from '../../../../contract/applications.ts'
import classes from './application-details.module.css'
import { Section } from './section.tsx'
import { type NotesState, useAutosavedNotes } from './use-autosaved-notes.ts'

const said: Partial<Record<NotesState['kind'], string>> = { saving: 'Saving', saved: 'Saved' }

export function Notes({ application }: { application: Application }) {
  const notes = useAutosavedNotes(application)
  const { state } = notes
  return (
    <Section title="Notes" action={<output className="dimmed">{said[state.kind] ?? ''}</output>}>
      <Textarea
        aria-label="Notes"
        placeholder="Anything you want to find again. Saved while you type."
        autosize
        minRows={4}
        maxRows={24}
        value={notes.text}
        onChange={(event) => notes.write(event.currentTarget.value)}
        onBlur={notes.save}
        classNames={{ input: classes.notes }}
        maxLength={100_000}
      />
      {state.kind === 'failed' && (
        <Alert color="red" variant="outline" title="Not saved yet" role="alert">
          {state.message} What you wrote is kept on this device.
          <Group mt={8}>
            <Button size="compact-sm" variant="default" onClick={notes.save}>
              Try again
            </Button>
          </Group>
        </Alert>
      )}
      {state.kind === 'conflict' && (
        <Alert color="red" variant="outline" title="These notes were changed elsewhere" role="alert">
          Yours are above and not lost. There it now says:
          <blockquote className={classes.theirs}>{state.theirs || 'nothing'}</blockquote>
          <Group gap={8}>
            <Button size="compact-sm" variant="default" onClick={notes.keepMine}>
              Keep mine
            </Button>
            <Button size="compact-sm" variant="default" onClick={notes.takeTheirs}>
              Take the other
            </Button>
          </Group>
        </Alert>
      )}
    </Section>
  )
}
