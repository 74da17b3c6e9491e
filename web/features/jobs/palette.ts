import { client } from '../../api/client.ts'
import type { PaletteSource } from '../../ui/palette-item.ts'

export const jobsPalette: PaletteSource = {
  name: 'jobs',
  find: async (q, signal) => {
    const { items } = await client.jobs.list({ query: { q, limit: 6 }, signal })
    return items.map((job) => ({
      id: `job ${job.id}`,
      group: 'Jobs',
      label: job.title,
      hint: [job.company, job.location].filter(Boolean).join(', '),
      to: `/jobs/${job.id}`,
    }))
  },
}
