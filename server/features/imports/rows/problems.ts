import type { ImportProblem } from '../../../../contract/imports.ts'

/** Collects what is said about one row. */
export type Notebook = {
  row: number
  errors: ImportProblem[]
  warnings: ImportProblem[]
  /** Text that has no place of its own and goes into the notes, so that nothing is lost. */
  kept: string[]
}

/** A value as it can be kept and shown: short, without what JSON in the database cannot hold. */
export const shown = (text: string, max = 200): string => {
  const start = text.length > max ? `${text.slice(0, max - 1)}…` : text
  return start.replaceAll('\0', '␀').toWellFormed()
}

/** What is said of a row that matched something, by its code. */
const verdicts: Record<string, (otherRow: number | null) => string> = {
  already_imported: () => 'was imported before, so there is nothing to add',
  duplicate: () => 'is here already; send on_duplicate=update to bring it up to date, or create to add another',
  duplicate_row: (row) => `says the same as row ${row}, which was taken`,
  duplicate_id: (row) => `has the id of row ${row}; a record can be in a file once`,
  in_trash: () => 'is in your trash; restore it there if you want it back',
  unchanged: () => 'is here already and says nothing new',
  not_applied: () => 'is fine, but other rows are not, and mode=atomic takes all rows or none',
  same_key: (row) => `has the same company, title and location as row ${row} but says something else, so both were added`,
  second_application: (row) =>
    row === null
      ? 'is another application for a job that has an open one, so the job was added a second time'
      : `is another application for the job of row ${row}, which is still open, so the job was added a second time`,
  no_job: () => 'names no job that is here; import the jobs first, or send create_jobs: true in the mapping',
  job_in_trash: () => 'is for a job in your trash; restore that first',
  application_already_open: () =>
    'is another application for a job that has an open one; close that first, or send create_jobs: true in the mapping',
  refused: () => 'was refused by the database; the server log has the cause',
}

export const verdictProblem = (row: number, code: string, otherRow: number | null): ImportProblem => ({
  row,
  column: null,
  value: null,
  code,
  message: verdicts[code]?.(otherRow) ?? code,
})
