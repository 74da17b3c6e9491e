import type { FoundJob } from '../../../contract/jobs.ts'
import type { App } from '../../app.ts'
import { highlight } from '../search/search.ts'

export async function highlightJobs(app: App, q: string, jobs: readonly FoundJob[]): Promise<FoundJob[]> {
  const texts = jobs.map(({ title, company, tech_stack, location, description, notes }) => ({
    title,
    company,
    tech_stack: tech_stack.join(', '),
    location,
    description,
    notes,
  }))
  const highlights = await highlight(app, q, texts)
  return jobs.map((job, at) => ({ ...job, highlights: highlights[at] ?? {} }))
}
