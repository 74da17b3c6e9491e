import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { FieldError } from './problems.ts'

/** Work that is too long for one request: it runs on in the server, and these addresses tell how far it is. */

export const TaskStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])
export type TaskStatus = z.output<typeof TaskStatus>

export const TaskKind = z.enum(['bulk_update', 'bulk_delete', 'bulk_restore', 'bulk_undo'])
export type TaskKind = z.output<typeof TaskKind>

/** Why one record of a bulk change was not changed. */
export const BulkError = z
  .strictObject({
    index: z
      .int()
      .meta({ description: 'Place in the list that was sent, from 0; of a filter, place among what it matched', examples: [3] }),
    id: f.Id.optional(),
    code: z.string().meta({ description: 'Stable: `validation_failed`, `not_found`, `stale_version` …', examples: ['validation_failed'] }),
    message: z.string().meta({ examples: ['1 field needs attention: jobs[3].salary_min must be 0 or more, not -1.'] }),
    field_errors: z
      .array(FieldError)
      .meta({ examples: [[{ field: 'jobs[3].salary_min', code: 'too_small', message: 'must be 0 or more, not -1' }]] }),
  })
  .meta({ id: 'BulkError' })
export type BulkError = z.output<typeof BulkError>

/** What a bulk change of jobs means for their applications. */
export const BulkAlso = z
  .strictObject({
    applications: z.int().meta({ examples: [9] }),
    open_applications: z.int().meta({ examples: [4] }),
  })
  .meta({
    id: 'BulkAlso',
    description:
      'Applications of these jobs, and how many of those are open. A deletion takes them along, a restore brings them back, an update leaves them as they are.',
  })
export type BulkAlso = z.output<typeof BulkAlso>

/** What every answer to a bulk change has, and the result of a task. */
export const bulkCounts = {
  total: z.int().meta({ description: 'Records that were asked for = succeeded + failed', examples: [3] }),
  succeeded: z.int().meta({ examples: [3] }),
  failed: z.int().meta({ examples: [0] }),
  errors: z.array(BulkError).meta({ examples: [[]] }),
  also: BulkAlso.optional(),
  undo_token: z
    .string()
    .optional()
    .meta({
      description: 'For POST /bulk/undo, within 30 days. Absent when there is nothing to undo.',
      examples: ['019a8f2e-7c1a-7d33-9e55-0d1c2b3a4f5e'],
    }),
}

export const Task = z
  .strictObject({
    id: f.Id,
    kind: TaskKind,
    status: TaskStatus,
    total: z.int().meta({ examples: [12_040] }),
    processed: z.int().meta({ examples: [4_000] }),
    result: z
      .strictObject(bulkCounts)
      .meta({ id: 'BulkResult' })
      .nullable()
      .meta({ description: 'When it has ended, in whatever way: what was done. `errors` has the first 1,000.' }),
    problem: z
      .strictObject({ code: z.string().meta({ examples: ['internal_error'] }), message: z.string() })
      .nullable()
      .meta({ description: 'Why it failed' }),
    created_at: f.Instant,
    finished_at: f.Instant.nullable(),
  })
  .meta({ id: 'Task' })
export type Task = z.output<typeof Task>

/** The answer when something runs on in the background. */
export const TaskStarted = z.strictObject({ task_id: f.Id.meta({ description: 'For GET /tasks/{id}' }) }).meta({ id: 'TaskStarted' })
export type TaskStarted = z.output<typeof TaskStarted>

const byId = z.strictObject({ id: f.Id })

export const tasks = {
  get: {
    method: 'GET',
    path: '/tasks/{id}',
    summary: 'Read how far a task is',
    access: 'read',
    params: byId,
    returns: Task,
    status: 200,
    problems: ['not_found'],
  },
  cancel: {
    method: 'POST',
    path: '/tasks/{id}/cancel',
    summary: 'Stop a task',
    description: 'What it has done until then stays; `result.undo_token` takes it back. A task that has ended is answered unchanged.',
    access: 'write',
    params: byId,
    returns: Task,
    status: 200,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
