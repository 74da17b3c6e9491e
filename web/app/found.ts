import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { applicationsPalette } from '../features/applications/palette.ts'
import { jobsPalette } from '../features/jobs/palette.ts'
import { viewsPalette } from '../features/views/palette.ts'
import type { PaletteItem } from '../ui/palette-item.ts'

const sources = [viewsPalette, jobsPalette, applicationsPalette]

/** Records that match what was typed, from every feature that has some. */
export function useFound(query: string): { items: PaletteItem[]; isSearching: boolean } {
  const [text] = useDebouncedValue(query.trim(), 120)
  const asks = text.length >= 2
  return useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.name, text],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.find(text, signal),
      enabled: asks,
      placeholderData: keepPreviousData,
      staleTime: 10_000,
    })),
    combine: (results) => ({
      items: asks ? results.flatMap((result) => result.data ?? []) : [],
      isSearching: results.some((result) => result.isFetching),
    }),
  })
}
