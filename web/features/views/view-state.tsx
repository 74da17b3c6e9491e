import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifyProblem } from '../../ui/notify.tsx'
import { SaveView } from './save-view.tsx'
import { type Present, useSavedView } from './use-saved-view.ts'
import classes from './views.module.css'

type ViewStateProps = { present: Present; onReset: () => void }

/** Beside the title: which view this is, and what to do when it is not that any more. */
export function ViewState({ present, onReset }: ViewStateProps) {
  const { view, isChanged, open, update } = useSavedView(present)
  const [isSaving, saving] = useDisclosure(false)
  if (!view) return null
  const act = { variant: 'subtle', size: 'compact-sm' } as const
  return (
    <span className={classes.state}>
      <span className={classes.name}>{view.name}</span>
      {isChanged && (
        <span className={classes.changed}>
          <span>Changed</span>
          <Button {...act} onClick={() => void update(view).catch((error: unknown) => notifyProblem('The view was not updated', error))}>
            Update
          </Button>
          <Button {...act} onClick={saving.open}>
            Save as new
          </Button>
          <Button
            {...act}
            onClick={() => {
              onReset()
              void open(view)
            }}
          >
            Reset
          </Button>
        </span>
      )}
      {isSaving && <SaveView present={present} onClose={saving.close} onSaved={(saved) => void open(saved)} />}
    </span>
  )
}
