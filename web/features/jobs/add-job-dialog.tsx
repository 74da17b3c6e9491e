import { Modal } from '@mantine/core'
import { AddJobForm } from './add-job-form.tsx'
import { closeAddJob } from './adding.ts'

export function AddJobDialog() {
  return (
    <Modal opened onClose={closeAddJob} title="Add a job" size={600} yOffset="8vh">
      <AddJobForm onDone={closeAddJob} />
    </Modal>
  )
}
