import { Modal } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useKeys } from '../../ui/keys.ts'
import { closeAddJob, openAddJob, useAddJobIsOpen } from './adding.ts'

const AddJobForm = lazy(() => import('./add-job-form.tsx').then((module) => ({ default: module.AddJobForm })))

/** Over every page, by `n j`. */
export function AddJob() {
  const isOpen = useAddJobIsOpen()
  useKeys('Everywhere', [{ keys: 'n j', label: 'Add a job', run: openAddJob }], { layer: 'app' })
  return (
    <Modal opened={isOpen} onClose={closeAddJob} title="Add a job" size={600} yOffset="8vh">
      <Suspense fallback={<div style={{ height: 420 }} />}>
        <AddJobForm onDone={closeAddJob} />
      </Suspense>
    </Modal>
  )
}
