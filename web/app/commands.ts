import { useMemo } from 'react'
import { listKeys } from '../ui/keys.ts'
import type { PaletteItem } from '../ui/palette-item.ts'
import { places } from './navigation.ts'

export type { PaletteItem }

const matches = (label: string, query: string) => {
  const text = label.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Every place, and every key of what is on the screen, as lines of the palette. */
export function useCommands(query: string): PaletteItem[] {
  // Read once when the palette opens: the keys below it do not change meanwhile.
  const all = useMemo<PaletteItem[]>(() => {
    const go = places.map(({ to, label, keys }) => ({ id: `go ${to}`, group: 'Go to', label, keys, to }))
    const act = listKeys().flatMap(({ scope, bindings }) =>
      bindings
        .filter(({ keys }) => !keys.startsWith('g ') && !['mod+k', '/', 'j', 'k', 'Enter', 'Escape'].includes(keys))
        .map(({ keys, label, run }) => ({
          id: `${scope} ${keys}`,
          group: scope === 'Everywhere' ? 'Do' : scope,
          label,
          keys,
          run: () => run(new KeyboardEvent('keydown')),
        })),
    )
    return [...act.filter((item) => item.group !== 'Do'), ...go, ...act.filter((item) => item.group === 'Do')]
  }, [])
  return query.trim() === '' ? all : all.filter((item) => matches(`${item.group} ${item.label}`, query.trim()))
}
