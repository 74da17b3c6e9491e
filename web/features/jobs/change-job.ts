import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemError } from '../../../client/client.ts'
import type { Job, JobChanges } from '../../../contract/jobs.ts'
import { client } from '../../api/client.ts'
import { patchRecord, useOptimistic, writeRecord } from '../../api/optimistic.ts'
import { queryClient } from '../../api/query-client.ts'
import { jobKeys } from './api.ts'
import type { FieldName } from './field-words.ts'

type Change = { job: Job; changes: JobChanges }

/** Both sides changed the same field: a person has to choose. */
export type Dispute = { now: Job; changes: JobChanges; fields: FieldName[] }

class DisputeError extends Error {
  readonly dispute: Dispute
  readonly problem: ProblemError
  constructor(dispute: Dispute, problem: ProblemError) {
    super('Both sides changed the same field')
    this.dispute = dispute
    this.problem = problem
  }
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Saves a field; `dispute` is set while somebody has to choose between two values. */
export function useChangeJob(job: Job) {
  const caches = useQueryClient()
  const [dispute, setDispute] = useState<Dispute | null>(null)
  const { mutateAsync } = useOptimistic<Change, Job>({
    mutate: (change) => inTurn(change.job.id, () => send(change)),
    patches: ({ job, changes }) => [patchRecord(jobKeys.all, job.id, changes)],
    failed: null,
  })

  const save = async (changes: JobChanges) => {
    try {
      return await mutateAsync({ job, changes })
    } catch (error) {
      if (!(error instanceof DisputeError)) throw error
      writeRecord(caches, jobKeys.all, error.dispute.now)
      setDispute(error.dispute)
      const message = 'it was changed elsewhere meanwhile. Choose at the top which one stays'
      throw new ProblemError({
        ...error.problem.problem,
        field_errors: error.dispute.fields.map((field) => ({ field, code: 'stale_version', message })),
      })
    }
  }
  const takeMine = async () => {
    if (!dispute) return
    setDispute(null)
    await mutateAsync({ job: dispute.now, changes: dispute.changes })
  }
  return { save, dispute, takeMine, keepTheirs: () => setDispute(null) }
}

async function send({ job, changes }: Change): Promise<Job> {
  const params = { id: job.id }
  const version = queryClient.getQueryData<Job>(jobKeys.one(job.id))?.version ?? job.version
  const write = async (ifVersion: number) => {
    const written = await client.jobs.update({ params, body: changes, ifVersion })
    // Before the next of this job's changes leaves, which needs the new version.
    writeRecord(queryClient, jobKeys.all, written)
    return written
  }
  try {
    return await write(version)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'stale_version') throw error
    const now = await client.jobs.get({ params })
    const fields = (Object.keys(changes) as FieldName[]).filter(
      (name) => !isSame(now[name], job[name]) && !isSame(now[name], changes[name]),
    )
    if (fields.length > 0) throw new DisputeError({ now, changes, fields }, error)
    return write(now.version)
  }
}

const turns = new Map<string, Promise<unknown>>()

/** One change of a job after the other, or the second would be refused for the version that the first has made. */
function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(work, work)
  turns.set(id, turn)
  return turn
}
