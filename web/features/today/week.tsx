import type { Dashboard } from '../../../contract/analytics.ts'
import classes from './today.module.css'

const figures = [
  ['jobs_added', 'Jobs found'],
  ['applied', 'Applied'],
  ['responses', 'Answers'],
  ['interviews', 'Interviews'],
] as const

/** This week beside last, in four figures. */
export function Week({ thisWeek, lastWeek }: { thisWeek: Dashboard['this_week']; lastWeek: Dashboard['last_week'] }) {
  return (
    <section aria-labelledby="week">
      <h2 id="week" className={classes.groupTitle}>
        This week
      </h2>
      <dl className={classes.figures}>
        {figures.map(([name, label]) => (
          <div key={name} className={classes.figure}>
            <dt>{label}</dt>
            <dd>
              <strong>{thisWeek[name]}</strong> <span className="dimmed">last week {lastWeek[name]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Today's applications against the goal, as a thin ring; nothing when no goal is set. */
export function Goal({ daily, today }: Dashboard['goal']) {
  if (daily === 0) return null
  const radius = 26
  const around = 2 * Math.PI * radius
  const share = Math.min(today / daily, 1)
  return (
    <section className={classes.goal} aria-label={`Goal: ${today} of ${daily} applications today`}>
      <svg width="64" height="64" viewBox="0 0 64 64" aria-hidden="true">
        <circle cx="32" cy="32" r={radius} className={classes.ring} />
        {share > 0 && (
          <circle
            cx="32"
            cy="32"
            r={radius}
            className={classes.ringDone}
            strokeDasharray={`${around * share} ${around}`}
            transform="rotate(-90 32 32)"
          />
        )}
      </svg>
      <div>
        <strong>
          {today} of {daily}
        </strong>
        <div className="dimmed">{today >= daily ? 'Your goal for today is met' : 'applications today'}</div>
      </div>
    </section>
  )
}
