import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Application, ApplicationStatus } from '../../../../contract/applications.ts'
import type { Job } from '../../../../contract/jobs.ts'
import { client } from '../../../api/client.ts'
import { refresh } from '../api.ts'

export type NewJob = { company: string; title: string }
export type Wanted = { job: Pick<Job, 'id'> | NewJob; status: ApplicationStatus; applied_on: string | null }

type Attempt = { body: string; key: string }

/** The same request keeps its key, so that a retry after a lost answer makes nothing twice. */
function keyFor(attempt: { current: Attempt }, body: unknown): string {
  const text = JSON.stringify(body)
  if (attempt.current.body !== text) attempt.current = { body: text, key: crypto.randomUUID() }
  return attempt.current.key
}

/** Adds the application and, where it is new, the job before it. What went in stays in when the rest fails. */
export function useAddApplication() {
  const caches = useQueryClient()
  const jobAttempt = useRef<Attempt>({ body: '', key: '' })
  const applicationAttempt = useRef<Attempt>({ body: '', key: '' })
  const [keptJob, setKeptJob] = useState<Job | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)

  const jobIdOf = async (job: Wanted['job']): Promise<string> => {
    if ('id' in job) return job.id
    if (keptJob?.company === job.company && keptJob.title === job.title) return keptJob.id
    const made = await client.jobs.create({ body: job, idempotencyKey: keyFor(jobAttempt, job) })
    setKeptJob(made)
    return made.id
  }
  const add = async ({ job, status, applied_on }: Wanted): Promise<Application | null> => {
    setProblem(null)
    setSending(true)
    try {
      const body = { job_id: await jobIdOf(job), status, ...(applied_on ? { applied_on } : {}) }
      return await client.applications.create({ body, idempotencyKey: keyFor(applicationAttempt, body) })
    } catch (error) {
      setProblem(error)
      return null
    } finally {
      setSending(false)
      void refresh(caches)
    }
  }
  return { add, problem, isSending, keptJob }
}
