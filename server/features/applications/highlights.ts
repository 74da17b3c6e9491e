import type { FoundApplication } from '../../../contract/applications.ts'
import type { App } from '../../app.ts'
import type { User } from '../../http/who-is-asking.ts'
import { highlight } from '../search/search.ts'
import { findJobTexts } from './queries.ts'

export async function highlightApplications(
  app: App,
  user: User,
  q: string,
  applications: readonly FoundApplication[],
): Promise<FoundApplication[]> {
  const jobs = await findJobTexts(
    app.db,
    user.id,
    applications.map(({ job_id }) => job_id),
  )
  const texts = applications.map(({ job, job_id, notes, contacts }) => {
    const of = jobs.get(job_id)
    return {
      title: job.title,
      company: job.company,
      tech_stack: of?.tech_stack.join(', ') ?? null,
      location: of?.location ?? null,
      description: of?.description ?? null,
      job_notes: of?.notes ?? null,
      notes,
      contacts: contacts
        .flatMap((contact) => Object.values(contact))
        .filter((said) => said !== null)
        .join(', '),
    }
  })
  const highlights = await highlight(app, q, texts)
  return applications.map((application, at) => ({ ...application, highlights: highlights[at] ?? {} }))
}
