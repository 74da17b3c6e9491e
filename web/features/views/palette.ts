import { queryClient } from '../../api/query-client.ts'
import type { PaletteSource } from '../../ui/palette-item.ts'
import { addressOfView, viewsQuery } from './api.ts'

export const viewsPalette: PaletteSource = {
  name: 'views',
  find: async (q) => {
    const views = await queryClient.ensureQueryData(viewsQuery)
    const words = q.toLowerCase().split(/\s+/)
    return views
      .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
      .slice(0, 6)
      .map((view) => ({ id: `view ${view.id}`, group: 'Views', label: view.name, hint: `view of ${view.kind}`, to: addressOfView(view) }))
  },
}
