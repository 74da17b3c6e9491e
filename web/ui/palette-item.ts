/** A line of the command palette. */
export type PaletteItem = {
  id: string
  group: string
  label: string
  hint?: string
  keys?: string
  /** Where it leads, or what it does. */
  to?: string
  run?: () => void
}

/** What a feature adds to the palette's search: its records for what was typed. */
export type PaletteSource = { name: string; find: (query: string, signal: AbortSignal) => Promise<PaletteItem[]> }
