import { Combobox, Loader, Modal, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Keys } from '../ui/keys-shown.tsx'
import classes from './command-palette.module.css'
import { type PaletteItem, useCommands } from './commands.ts'
import { useFound } from './found.ts'

type CommandPaletteProps = { isOpen: boolean; onClose: () => void }

/** Finds records and does what a key could: one box for both. */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps) {
  return (
    // There at once: a fast typist must not lose the first letters.
    <Modal.Root opened={isOpen} onClose={onClose} size={600} yOffset="12vh" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search or do anything">
        <Palette onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  )
}

function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const commands = useCommands(query)
  const found = useFound(query)
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose })
  const groups = Map.groupBy([...found.items, ...commands], (item) => item.group)
  const items = [...groups.values()].flat()

  // The first hit is always the one Enter takes.
  const shape = items.map((item) => item.id).join()
  useEffect(() => {
    if (shape) combobox.selectFirstOption()
  }, [shape, combobox.selectFirstOption])

  const take = (id: string) => {
    onClose()
    const item = items.find((one) => one.id === id)
    if (item?.to) void navigate({ href: item.to })
    // After the palette has given the focus back, so that what runs can take it.
    else if (item?.run) setTimeout(item.run, 0)
  }

  return (
    <Combobox store={combobox} onOptionSubmit={take}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          autoFocus
          role="combobox"
          aria-autocomplete="list"
          variant="unstyled"
          size="lg"
          aria-label="Search or do anything"
          placeholder="Search or do anything"
          leftSection={found.isSearching ? <Loader size={16} /> : <IconSearch size={18} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          classNames={{ root: classes.box, input: classes.input }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label="Results" className={classes.results} tabIndex={0}>
        {[...groups].map(([group, members]) => (
          <Combobox.Group key={group} label={group}>
            {members.map((item) => (
              <PaletteOption key={item.id} item={item} />
            ))}
          </Combobox.Group>
        ))}
        {items.length === 0 && <Combobox.Empty>{found.isSearching ? 'Searching' : 'Nothing matches. Try fewer letters.'}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  )
}

function PaletteOption({ item }: { item: PaletteItem }) {
  return (
    <Combobox.Option value={item.id} className={classes.option}>
      <span className={classes.label}>{item.label}</span>
      {item.hint && <span className={classes.hint}>{item.hint}</span>}
      {item.keys && <Keys keys={item.keys} />}
    </Combobox.Option>
  )
}
