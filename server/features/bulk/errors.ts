/** What is to be said about one entry of a bulk request. */

import type { FieldError } from '../../../contract/problems.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import { type AppError, invalid, notFound, staleVersion } from '../../errors.ts'

/** A record that was asked for, by its place in the request. */
export type Target = { index: number; id: string }

/** Where the request speaks of a record, and of a field of it: `ids[3]` and `changes.status`, or `updates[3].id` and `updates[3].status`. */
export type Places = { id: (index: number) => string | null; field: (index: number, name: string) => string }

export const placesOfUpdates: Places = { id: (index) => `updates[${index}].id`, field: (index, name) => `updates[${index}].${name}` }
export const placesOfIds: Places = { id: (index) => `ids[${index}]`, field: (_, name) => `changes.${name}` }
export const placesOfFilter: Places = { id: () => null, field: (_, name) => `changes.${name}` }

export const entryError = (
  target: { index: number; id?: string },
  code: string,
  message: string,
  field_errors: FieldError[] = [],
): BulkError => ({
  index: target.index,
  ...(target.id === undefined ? {} : { id: target.id }),
  code,
  message,
  field_errors,
})

export const invalidEntry = (target: { index: number; id?: string }, fieldErrors: FieldError[]) =>
  entryError(target, 'validation_failed', invalid(...fieldErrors).message, fieldErrors)

/** What a rule for a single record says, at the place where a bulk request says it. */
export const refusedBy = (target: Target, error: AppError, places: Places) =>
  entryError(
    target,
    error.code,
    error.message,
    (error.fieldErrors ?? []).map((one) => ({ ...one, field: places.field(target.index, one.field) })),
  )

export function notThere(target: Target, what: string, places: Places): BulkError {
  const field = places.id(target.index)
  return entryError(
    target,
    'not_found',
    notFound(what).message,
    field === null ? [] : [{ field, code: 'not_found', message: `leads to no ${what}` }],
  )
}

export const isStale = (target: Target, sent: number, present: number, places: Places) =>
  entryError(target, 'stale_version', staleVersion(present).message, [
    {
      field: places.field(target.index, 'version'),
      code: 'stale_version',
      message: `is ${sent}, but the record is now at version ${present}`,
    },
  ])

export const alreadyOpen = (target: { index: number; id?: string }, field_errors: FieldError[] = []) =>
  entryError(
    target,
    'application_already_open',
    'This job has an open application already. Continue that one, or close it first.',
    field_errors,
  )

export const refusedByDatabase = (target: Target) =>
  entryError(target, 'refused', 'The database cannot keep this: a field is longer than it can search in or sort by. Shorten it.')
