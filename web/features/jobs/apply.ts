import type { Application } from '../../../contract/applications.ts'
import type { ApplicationStatus, Job } from '../../../contract/jobs.ts'
import { client } from '../../api/client.ts'
import { patchRecord } from '../../api/optimistic.ts'
import { queryClient } from '../../api/query-client.ts'
import { applicationKeys, jobKeys } from './api.ts'

export type Start = { status: 'interested' | 'applied'; applied_on: string | null }

/** Puts an application to a job, or takes the one at hand from interested to applied. */
export async function startApplication(
  job: Job,
  { status, applied_on }: Start,
  { idempotencyKey, present }: { idempotencyKey: string; present?: Application | undefined },
): Promise<void> {
  const dates = applied_on ? { applied_on } : {}
  const application = present
    ? await client.applications.update({ params: { id: present.id }, body: { status, ...dates } })
    : await client.applications.create({ body: { job_id: job.id, status, ...dates }, idempotencyKey })
  showStatus(job.id, application.status)
}

function showStatus(jobId: string, status: ApplicationStatus) {
  const { key, update } = patchRecord(jobKeys.all, jobId, { application_status: status })
  queryClient.setQueriesData({ queryKey: key }, (data: unknown) => (data === undefined ? data : update(data)))
  void queryClient.invalidateQueries({ queryKey: applicationKeys.all })
}
