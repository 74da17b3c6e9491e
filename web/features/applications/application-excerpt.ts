import type { FoundApplication } from '../../../contract/applications.ts'
import { excerptOf, fromFirstHit } from '../../ui/marked-parts.ts'

/** What a row or a card says under itself, when the search found something that it does not show. */
export function excerptOfApplication({ highlights }: FoundApplication): string | null {
  if (!highlights) return null
  const { title, company, notes, contacts, job_notes, location, tech_stack, description } = highlights
  const excerpt = excerptOf([title, company], [notes, contacts, job_notes, location, tech_stack, description])
  return excerpt && fromFirstHit(excerpt)
}
