/** Reads the entries of a bulk request one by one, so that each is told what is wrong with it. */
import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { Id } from '../../../contract/fields.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import { fieldErrors } from '../../http/field-errors.ts'
import { entryError, invalidEntry, type Target } from './errors.ts'

const longestStepMs = 15

/** Thousands of steps without standing in anybody's way: others get their turn every few milliseconds. */
export async function forEachInTurn<T>(all: Iterable<T>, step: (one: T, at: number) => void): Promise<void> {
  let since = performance.now()
  let at = 0
  for (const one of all) {
    step(one, at++)
    if (performance.now() - since < longestStepMs) continue
    await setImmediate()
    since = performance.now()
  }
}

type Read<T> = { entries: { index: number; said: T }[]; errors: BulkError[] }

/** `list` is the name of the list in the body; `record` the shape of what is written by it. */
export async function readEntries<S extends z.ZodObject>(
  sent: readonly unknown[],
  schema: S,
  list: string,
  record: z.ZodObject,
): Promise<Read<z.output<S>>> {
  const known = Object.keys(schema.shape)
  const names = { known, readOnly: Object.keys(record.shape).filter((name) => !known.includes(name)) }
  const read: Read<z.output<S>> = { entries: [], errors: [] }
  await forEachInTurn(sent, (entry, index) => {
    const parsed = schema.safeParse(entry)
    if (parsed.success) {
      read.entries.push({ index, said: parsed.data })
      return
    }
    const errors = fieldErrors(parsed.error.issues, entry, names).map((error) => ({
      ...error,
      field: error.field === '' ? `${list}[${index}]` : `${list}[${index}].${error.field}`,
    }))
    read.errors.push(invalidEntry({ index, ...idOf(entry) }, errors))
  })
  return read
}

// Of an entry that is wrong otherwise, so that it can be found by it.
function idOf(entry: unknown): { id?: string } {
  const id = Id.safeParse(typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined)
  return id.success ? { id: id.data } : {}
}

export async function readIds(sent: readonly unknown[]): Promise<{ targets: Target[]; errors: BulkError[] }> {
  const read: { targets: Target[]; errors: BulkError[] } = { targets: [], errors: [] }
  await forEachInTurn(sent, (entry, index) => {
    const parsed = Id.safeParse(entry)
    if (parsed.success) read.targets.push({ index, id: parsed.data })
    else {
      const [error] = fieldErrors(parsed.error.issues, entry, { known: [], readOnly: [] })
      read.errors.push(
        invalidEntry({ index }, [{ field: `ids[${index}]`, code: error?.code ?? 'invalid_format', message: error?.message ?? '' }]),
      )
    }
  })
  return read
}

/** The first of each id stays; each further one is an error of its own. */
export function withoutRepeated<T extends Target>(
  targets: readonly T[],
  place: (index: number) => string,
): { targets: T[]; errors: BulkError[] } {
  const first = new Map<string, number>()
  const errors: BulkError[] = []
  const once = targets.filter((target) => {
    const known = first.get(target.id)
    if (known === undefined) {
      first.set(target.id, target.index)
      return true
    }
    const message = `is the same as ${place(known)}; name each record once`
    errors.push(
      entryError(target, 'duplicate_id', `${place(target.index)} ${message}.`, [
        { field: place(target.index), code: 'duplicate_id', message },
      ]),
    )
    return false
  })
  return { targets: once, errors }
}
