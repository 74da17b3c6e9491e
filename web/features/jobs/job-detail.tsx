import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Job } from '../../../contract/jobs.ts'
import { InstantText } from '../../ui/day-text.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { ApplyDialog } from './apply-dialog.tsx'
import { useAsked } from './asked.ts'
import { useChangeJob } from './change-job.ts'
import { DisputeAlert } from './dispute-alert.tsx'
import { fieldWords } from './field-words.ts'
import { JobApplication } from './job-application.tsx'
import classes from './job-detail.module.css'
import { MainFacts, MoreFacts } from './job-facts.tsx'
import { JobSummary } from './job-summary.tsx'
import { MatchReasons } from './match-reasons.tsx'
import { PostingSection } from './posting-section.tsx'

const postingFields = ['description', 'responsibilities', 'requirements', 'notes'] as const

type JobDetailProps = { job: Job; layer: 'panel' | 'page' }

/** A job as one reads it: what to do, the facts, the posting. The facts stand at the side where there is room. */
export function JobDetail({ job, layer }: JobDetailProps) {
  const { save, dispute, takeMine, keepTheirs } = useChangeJob(job)
  const isPhone = useIsPhone()
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

  const main = <MainFacts job={job} save={save} />
  const more = (
    <>
      <MoreFacts job={job} save={save} />
      <p className={classes.dates}>
        Added <InstantText at={job.created_at} show="relative" />
        {job.updated_at !== job.created_at && (
          <>
            , changed <InstantText at={job.updated_at} show="relative" />
          </>
        )}
      </p>
    </>
  )

  const posting = (
    <div className={classes.posting} key={`posting ${round}`}>
      {postingFields.map((name) => (
        <PostingSection key={name} title={fieldWords[name]} name={name} value={job[name]} save={(text) => save({ [name]: text })} />
      ))}
    </div>
  )

  return (
    <div className={classes.detail}>
      <div className={classes.inner} data-layer={layer}>
        {dispute && <DisputeAlert dispute={dispute} onMine={settle(takeMine)} onTheirs={settle(keepTheirs)} />}
        {isPhone && <JobSummary job={job} />}
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
              Posting
            </Button>
          )}
        </div>
        {/* In the order they are read: on a phone the posting, beside a list the facts. */}
        {isPhone && posting}
        <section ref={facts} className={classes.facts} aria-label="Facts" key={`facts ${round}`}>
          {main}
          <MatchReasons job={job} />
          {(layer === 'page' || isPhone) && more}
        </section>
        {!isPhone && posting}
        {layer === 'panel' && !isPhone && (
          <section className={classes.more} aria-label="More facts" key={`more ${round}`}>
            {more}
          </section>
        )}
      </div>
      {isApplying && <ApplyDialog job={job} onClose={() => setApplying(false)} />}
    </div>
  )
}
