import { TextInput } from '@mantine/core'
import { type EditableProps, frameOf, saveKeys, saveMark } from './editable.tsx'
import { useSavedField } from './use-saved-field.ts'

type EditableTextProps = EditableProps<string | null> & {
  /** An empty field stays what it was instead of becoming null. */
  required?: boolean
  type?: 'text' | 'email' | 'tel'
  autoComplete?: string
}

/** One line, saved on Enter or when it is left. */
export function EditableText({ value, save, name, required = false, type = 'text', autoComplete = 'off', ...frame }: EditableTextProps) {
  const field = useSavedField<string | null>({ value, save, name, label: frame.label })
  const commit = () => {
    const text = (field.shown ?? '').trim()
    if (text === '' && required) field.cancel()
    else void field.commit(text === '' ? null : text)
  }
  return (
    <TextInput
      {...frameOf(frame, field)}
      type={type}
      autoComplete={autoComplete}
      value={field.shown ?? ''}
      onChange={(event) => field.edit(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={saveKeys(commit, field.cancel, field.isDirty)}
      rightSection={saveMark(field.state)}
    />
  )
}
