import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Job } from '../../../../contract/jobs.ts'
import { client } from '../../../api/client.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import { jobQuery } from '../api.ts'
import { AddForm } from './add-form.tsx'
import { hasOpenApplication, JobSearch } from './job-search.tsx'

type AddApplicationProps = {
  /** The job it is for, when that is known already. */
  jobId: string | null
  onClose: () => void
}

export function AddApplication({ jobId, onClose }: AddApplicationProps) {
  return (
    <Modal opened onClose={onClose} title="Add an application" size={520}>
      {jobId ? <ForJob jobId={jobId} onClose={onClose} /> : <Choose onClose={onClose} />}
    </Modal>
  )
}

function ForJob({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const { data: job, error, refetch } = useQuery(jobQuery(jobId))
  const open = useOpen()
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!job) return <SkeletonRows rows={3} height={56} />
  return <AddForm job={job} onBack={onClose} onAdded={open} onExisting={() => void openOf(job, open)} />
}

function Choose({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Job | 'new' | null>(null)
  const open = useOpen()
  const pick = (job: Job) => {
    if (hasOpenApplication(job)) void openOf(job, open)
    else setChosen(job)
  }
  if (chosen === null) return <JobSearch typed={typed} onType={setTyped} onPick={pick} onNew={() => setChosen('new')} />
  const job = chosen === 'new' ? null : chosen
  return (
    <AddForm
      job={job}
      typed={typed}
      onBack={() => setChosen(null)}
      onAdded={open}
      onExisting={job ? () => void openOf(job, open) : onClose}
    />
  )
}

function useOpen() {
  const navigate = useNavigate({ from: '/applications/' })
  return (id: string) => void navigate({ search: (old) => ({ ...old, add: undefined, open: id }), replace: true, resetScroll: false })
}

/** The application that is open for the job already. */
async function openOf(job: Job, open: (id: string) => void) {
  const { items } = await client.applications.list({
    query: { job_id: [job.id], status: ['interested', 'applied', 'screening', 'interview', 'offer'], limit: 1 },
  })
  if (items[0]) open(items[0].id)
}
