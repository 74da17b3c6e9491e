import { TagsInput } from '@mantine/core'
import { type EditableProps, frameOf, saveMark } from './editable.tsx'
import { useSavedField } from './use-saved-field.ts'

type EditableTagsProps = EditableProps<string[]> & { suggestions?: string[] }

const sameWords = (a: string[], b: string[]) => a.length === b.length && a.every((word, index) => word === b[index])

/** Several short words, saved with each one added or removed. */
export function EditableTags({ value, save, name, suggestions = [], ...frame }: EditableTagsProps) {
  const field = useSavedField<string[]>({ value, save, name, label: frame.label, isSame: sameWords })
  return (
    <TagsInput
      {...frameOf(frame, field)}
      data={suggestions}
      value={field.shown}
      onChange={(next) => void field.commit(next.map((word) => word.trim()).filter((word) => word !== ''))}
      rightSection={saveMark(field.state)}
      splitChars={[',', ';']}
      acceptValueOnBlur
      clearButtonProps={{ 'aria-label': `Clear ${frame.label}` }}
      placeholder={field.shown.length > 0 ? undefined : (frame.placeholder ?? 'Add')}
    />
  )
}
