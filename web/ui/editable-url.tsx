import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { type EditableProps, frameOf, saveKeys, saveMark } from './editable.tsx'
import { useSavedField } from './use-saved-field.ts'

/** A web address with a way to open it. An address without its beginning gets `https://`. */
export function EditableUrl({ value, save, name, ...frame }: EditableProps<string | null>) {
  const field = useSavedField<string | null>({ value, save, name, label: frame.label })
  const commit = () => {
    const text = (field.shown ?? '').trim()
    void field.commit(text === '' ? null : /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`)
  }
  const open = value && /^https?:\/\//i.test(value) && (
    <Tooltip label="Open in a new tab">
      <ActionIcon
        component="a"
        href={value}
        target="_blank"
        rel="noreferrer noopener"
        variant="subtle"
        color="gray"
        aria-label={`Open ${frame.label} in a new tab`}
      >
        <IconExternalLink size={16} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <TextInput
      {...frameOf(frame, field)}
      type="url"
      inputMode="url"
      autoComplete="off"
      value={field.shown ?? ''}
      onChange={(event) => field.edit(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={saveKeys(commit, field.cancel, field.isDirty)}
      rightSection={saveMark(field.state) ?? open}
    />
  )
}
