/** What undoing jobs and undoing applications have in common. */
import { type Kysely, sql } from 'kysely'
import type { BulkError } from '../../../contract/tasks.ts'
import type { Tables } from '../../database/tables.ts'
import { entryError, type Target } from './errors.ts'

/** Why a record stays as it is, said of its name. */
const reasons = {
  changed_since: 'was changed since and stays as it is.',
  in_trash: 'is in the trash by now and stays there.',
  not_found: 'is not there any more.',
  is_there_again: 'is there again already.',
  has_applications: 'has applications that were added or changed since, so it stays.',
  job_in_trash: 'belongs to a job that is in the trash, so it stays there. Restore the job first.',
  application_already_open: 'would be open again, and its job has another open application by now.',
} as const

export const leftAlone = (target: Target, reason: keyof typeof reasons, name = 'This record'): BulkError =>
  entryError({ index: target.index, id: target.id }, reason, `${name} ${reasons[reason]}`)

/** Takes records away that are to come back when the undo is undone, so what they were is not forgotten with them. */
export async function keepingImages(db: Kysely<Tables>, remove: () => Promise<void>): Promise<void> {
  await sql`select set_config('landed.keep_before_images', 'on', true)`.execute(db)
  await remove()
  await sql`select set_config('landed.keep_before_images', 'off', true)`.execute(db)
}
