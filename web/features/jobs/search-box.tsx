import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'

type SearchBoxProps = { value: string; onChange: (text: string) => void; box: RefObject<HTMLInputElement | null>; onLeave: () => void }

/** Results come while one types; Enter and the arrow down go to them. */
export function SearchBox({ value, onChange, box, onLeave }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const send = useDebouncedCallback((text: string) => {
    sent.current = text
    onChange(text)
  }, 150)

  // The address changed by other means: back, a link, "Clear filters".
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])

  const set = (text: string) => {
    setTyped(text)
    send(text)
  }
  return (
    <TextInput
      ref={box}
      type="search"
      aria-label="Search jobs"
      placeholder="Search jobs"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => set('')} />}
      value={typed}
      onChange={(event) => set(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') {
          event.stopPropagation()
          set('')
        } else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault()
          event.stopPropagation()
          event.currentTarget.blur()
          if (event.key !== 'Escape') onLeave()
        }
      }}
      flex={{ base: 1, sm: '0 1 420px' }}
      miw={0}
      spellCheck={false}
      autoComplete="off"
    />
  )
}
