import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { InstantText } from '../../ui/day-text.tsx'
import { useKeys } from '../../ui/keys.ts'
import { ApplyDialog } from './apply-dialog.tsx'
import { useAsked } from './asked.ts'
import { useChangeJob } from './change-job.ts'
import { DisputeAlert } from './dispute-alert.tsx'
import { JobApplication } from './job-application.tsx'
import classes from './job-detail.module.css'
import { JobFacts } from './job-facts.tsx'
import { PostingSection } from './posting-section.tsx'

type JobDetailProps = { job: Job; layer: 'panel' | 'page' }

/** A job as one reads it: what to do, the facts, the posting. The facts stand at the side where there is room. */
export function JobDetail({ job, layer }: JobDetailProps) {
  const { save, dispute, takeMine, keepTheirs } = useChangeJob(job)
  const [isApplying, setApplying] = useState(false)
  // A field that lost a dispute forgets what was typed.
  const [round, setRound] = useState(0)
  const facts = useRef<HTMLElement>(null)

  const edit = () => facts.current?.querySelector('input')?.select()
  const apply = () => setApplying(true)
  useAsked(job.id, { edit, apply })
  useKeys(
    'This job',
    [
      { keys: 'a', label: 'Apply', run: apply },
      { keys: 'e', label: 'Edit', run: edit },
    ],
    { layer },
  )
  const settle = (choose: () => unknown) => () => {
    void choose()
    setRound(round + 1)
  }

  return (
    <div className={classes.detail} data-layer={layer}>
      <div className={classes.inner}>
        {dispute && <DisputeAlert dispute={dispute} onMine={settle(takeMine)} onTheirs={settle(keepTheirs)} />}
        <div className={classes.actions}>
          <JobApplication job={job} onApply={apply} />
          {job.url && (
            <Button
              component="a"
              href={job.url}
              target="_blank"
              rel="noreferrer noopener"
              variant="default"
              rightSection={<IconExternalLink size={16} stroke={1.5} />}
            >
              Open the posting
            </Button>
          )}
        </div>
        <section ref={facts} className={classes.facts} aria-label="Facts" key={round}>
          <JobFacts job={job} save={save} />
          <p className={classes.dates}>
            Added <InstantText at={job.created_at} show="relative" />
            {job.updated_at !== job.created_at && (
              <>
                , changed <InstantText at={job.updated_at} show="relative" />
              </>
            )}
          </p>
        </section>
        <div className={classes.posting} key={`posting ${round}`}>
          <PostingSection title="The job" name="description" value={job.description} save={(description) => save({ description })} />
          <PostingSection
            title="What you would do"
            name="responsibilities"
            value={job.responsibilities}
            save={(responsibilities) => save({ responsibilities })}
          />
          <PostingSection
            title="What they ask for"
            name="requirements"
            value={job.requirements}
            save={(requirements) => save({ requirements })}
          />
          <PostingSection title="Your notes" name="notes" value={job.notes} save={(notes) => save({ notes })} />
        </div>
      </div>
      {isApplying && <ApplyDialog job={job} onClose={() => setApplying(false)} />}
    </div>
  )
}
