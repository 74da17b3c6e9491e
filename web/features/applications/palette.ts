import { parseApplicationQuery } from '../../../contract/query-syntax.ts'
import { client } from '../../api/client.ts'
import type { PaletteSource } from '../../ui/palette-item.ts'
import { applicationStatusWords } from '../../ui/words.ts'

export const applicationsPalette: PaletteSource = {
  name: 'applications',
  find: async (text, signal) => {
    const { deleted: _deleted, ...filter } = parseApplicationQuery(text).filter
    const { items } = await client.applications.list({ query: { ...filter, limit: 6 }, signal })
    return items.map(({ id, job, status }) => ({
      id: `application ${id}`,
      group: 'Applications',
      label: job.title,
      hint: `${job.company}, ${applicationStatusWords[status].toLowerCase()}`,
      to: `/applications/${id}`,
    }))
  },
}
