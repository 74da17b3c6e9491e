import type { FoundJob } from '../../../contract/jobs.ts'
import { excerptOf, fromFirstHit } from '../../ui/marked-parts.ts'

/** What a row says under itself, when the search found something that the row does not show. */
export function excerptOfJob({ highlights }: FoundJob, showsSkills: boolean): string | null {
  if (!highlights) return null
  const { title, company, location, tech_stack, notes, description } = highlights
  const excerpt = showsSkills
    ? excerptOf([title, company, location, tech_stack], [notes, description])
    : excerptOf([title, company, location], [tech_stack, notes, description])
  return excerpt && fromFirstHit(excerpt)
}
