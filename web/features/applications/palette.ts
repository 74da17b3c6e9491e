import { client } from '../../api/client.ts'
import type { PaletteSource } from '../../ui/palette-item.ts'
import { applicationStatusWords } from '../../ui/words.ts'

export const applicationsPalette: PaletteSource = {
  name: 'applications',
  find: async (q, signal) => {
    const { items } = await client.applications.list({ query: { q, limit: 6 }, signal })
    return items.map(({ id, job, status }) => ({
      id: `application ${id}`,
      group: 'Applications',
      label: job.title,
      hint: `${job.company}, ${applicationStatusWords[status].toLowerCase()}`,
      to: `/applications/${id}`,
    }))
  },
}
