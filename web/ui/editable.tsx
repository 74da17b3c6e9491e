import { Loader } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import classes from './editable.module.css'
import type { SaveState } from './use-saved-field.ts'

/** What every field that is edited in place takes. */
export type EditableProps<T> = {
  label: string
  /** The label is only read out: it is already visible beside the field. */
  hideLabel?: boolean
  description?: ReactNode
  placeholder?: string
  /** The field's name in the API, so that its errors find it. */
  name: string
  value: T
  save: (value: T) => Promise<unknown>
  /** Without a frame until it is pointed at or focused: for facts in a panel. */
  quiet?: boolean
  id?: string
}

export function saveMark(state: SaveState): ReactNode {
  if (state === 'saving') return <Loader size={14} aria-label="Saving" />
  if (state === 'saved') return <IconCheck size={16} color="var(--accent)" aria-label="Saved" />
  return undefined
}

type FrameProps = Pick<EditableProps<unknown>, 'label' | 'hideLabel' | 'description' | 'placeholder' | 'quiet' | 'id'>

/** The props that a Mantine input of such a field gets. */
export function frameOf(
  { label, hideLabel, description, placeholder, quiet, id }: FrameProps,
  { error, isDirty }: { error: string | null; isDirty: boolean },
) {
  return {
    ...(hideLabel ? { 'aria-label': label } : { label }),
    description,
    placeholder: placeholder ?? (quiet ? 'Add' : undefined),
    id,
    error,
    // Mantine's sheets would close on the Escape that gives back the saved value.
    'data-mantine-stop-propagation': isDirty || undefined,
    classNames: quiet ? { input: classes.quiet, label: classes.quietLabel } : {},
  }
}

/** Enter saves, Escape puts the saved value back. Escape goes no further then: it must not close the panel too. */
export const saveKeys = (commit: () => void, cancel: () => void, isDirty: boolean) => (event: KeyboardEvent<HTMLElement>) => {
  if (
    event.key === 'Enter' &&
    !event.nativeEvent.isComposing &&
    !(event.currentTarget instanceof HTMLTextAreaElement && !(event.metaKey || event.ctrlKey))
  ) {
    event.preventDefault()
    commit()
  }
  if (event.key === 'Escape' && isDirty) {
    event.preventDefault()
    event.stopPropagation()
    cancel()
  }
}
