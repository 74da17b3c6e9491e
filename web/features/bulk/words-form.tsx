import { Button, Stack, TagsInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'

type WordsFormProps = { one: 'tag' | 'skill'; known: string[]; onDone: (words: { added: string[]; removed: string[] }) => void }

/** Which words to add to everything that is selected, and which to take away. */
export function WordsForm({ one, known, onDone }: WordsFormProps) {
  const [added, setAdded] = useState<string[]>([])
  const [removed, setRemoved] = useState<string[]>([])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (added.length + removed.length > 0) onDone({ added, removed })
  }
  const field = {
    data: known,
    splitChars: [',', ';'],
    acceptValueOnBlur: true,
    comboboxProps: { withinPortal: false },
    clearable: false,
    openOnFocus: false,
  }
  return (
    <form onSubmit={submit}>
      <Stack gap={12}>
        <TagsInput {...field} label={`Add ${one}s`} value={added} onChange={setAdded} data-autofocus />
        <TagsInput {...field} label={`Take ${one}s away`} value={removed} onChange={setRemoved} />
        <Button type="submit">Change the {one}s</Button>
      </Stack>
    </form>
  )
}
