import { lazy, Suspense } from 'react'
import { useKeys } from '../../ui/keys.ts'
import { openAddJob, useAddJobIsOpen } from './adding.ts'

const AddJobDialog = lazy(() => import('./add-job-dialog.tsx').then((module) => ({ default: module.AddJobDialog })))

/** Over every page, by `n j`. */
export function AddJob() {
  const isOpen = useAddJobIsOpen()
  useKeys('Everywhere', [{ keys: 'n j', label: 'Add a job', run: openAddJob }], { layer: 'app' })
  return isOpen ? (
    <Suspense>
      <AddJobDialog />
    </Suspense>
  ) : null
}
