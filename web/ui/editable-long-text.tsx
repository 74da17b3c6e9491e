import { Group, Text, Textarea, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './editable.module.css'
import { type EditableProps, frameOf, saveKeys, saveMark } from './editable.tsx'
import { Keys } from './keys-shown.tsx'
import { useSavedField } from './use-saved-field.ts'

type EditableLongTextProps = EditableProps<string | null> & {
  /** How the text reads when it is not being edited, such as set from Markdown. */
  render?: (text: string) => ReactNode
  minRows?: number
}

/** Text of any length: read until it is clicked, then written; saved when it is left or with Ctrl Enter. */
export function EditableLongText({ value, save, name, render, minRows = 4, ...frame }: EditableLongTextProps) {
  const field = useSavedField<string | null>({ value, save, name, label: frame.label })
  const [isOpen, setOpen] = useState(false)
  const writing = isOpen || field.state === 'failed'

  const commit = () => {
    setOpen(false)
    void field.commit(field.shown?.trim() === '' ? null : field.shown)
  }
  const cancel = () => {
    setOpen(false)
    field.cancel()
  }

  if (!writing) {
    return (
      <div>
        {!frame.hideLabel && (
          <Group gap={8} className={classes.label}>
            <Text span fw={500} size={frame.quiet ? 'xs' : 'sm'} c={frame.quiet ? 'dimmed' : undefined}>
              {frame.label}
            </Text>
            {saveMark(field.state)}
          </Group>
        )}
        <UnstyledButton
          className={classes.long}
          onClick={() => setOpen(true)}
          aria-label={`${frame.label}: ${field.shown ?? 'empty'}. Edit`}
        >
          {field.shown === null ? <span className="dimmed">{frame.placeholder ?? 'Add'}</span> : (render?.(field.shown) ?? field.shown)}
        </UnstyledButton>
      </div>
    )
  }
  return (
    <Textarea
      {...frameOf({ ...frame, quiet: false }, field)}
      autosize
      minRows={minRows}
      maxRows={24}
      autoFocus={isOpen}
      value={field.shown ?? ''}
      onChange={(event) => field.edit(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !field.isDirty) {
          event.stopPropagation()
          cancel()
        } else saveKeys(commit, cancel, field.isDirty)(event)
      }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={
        <>
          <Keys keys="mod+Enter" /> saves, <Keys keys="Escape" /> leaves it as it was
        </>
      }
    />
  )
}
