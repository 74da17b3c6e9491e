import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import type { Job } from '../../../contract/jobs.ts'
import type { MatchPart } from '../../../contract/matches.ts'
import { useMatch } from './api.ts'
import { Match } from './job-cells.tsx'
import classes from './match-reasons.module.css'

const signs = { yes: IconCheck, partly: IconMinus, no: IconX, unsaid: IconMinus } as const
const fitOf = ({ score }: MatchPart) => (score === null ? 'unsaid' : score === 100 ? 'yes' : score === 0 ? 'no' : 'partly')

/** How well the job fits the profile, and why. Nothing where there is no score. */
export function MatchReasons({ job }: { job: Job }) {
  const match = useMatch(job)
  if (!match || match.score === null) return null
  return (
    <section className={classes.match} aria-label="Match">
      <h3 className={classes.head}>
        Match with your profile <Match score={match.score} />
      </h3>
      <ul className={classes.reasons}>
        {match.parts.map((part) => {
          const fit = fitOf(part)
          const Sign = signs[fit]
          return (
            <li key={part.kind} data-fits={fit}>
              <Sign size={14} stroke={1.5} aria-hidden />
              {part.words}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
