import type { Dashboard } from '../../../contract/analytics.ts'
import type { Application } from '../../../contract/applications.ts'
import { addDays } from '../../ui/days.ts'
import { logFollowUp, markHeld, setFollowUp, stopReminding } from './api.ts'

/** One thing to do about an application: `do` gives back what undoes it. */
export type DueAction = { key: 'l' | 'z' | 'x'; label: string; said: string; do: (application: Application) => Promise<() => unknown> }

export type Due = {
  key: string
  link: { to: '/applications/$id' | '/jobs/$id'; id: string }
  company: string
  title: string
  application: Application | null
  list: 'interviews' | 'unlogged' | 'follow_ups' | 'deadlines' | 'silent'
  /** When, as the row shows it. */
  at: { day: string } | { instant: string } | { words: string }
  actions: DueAction[]
}

export type DueGroup = { list: Due['list']; title: string; items: Due[]; total: number }

const held: DueAction = { key: 'l', label: 'It was held', said: 'Marked as held.', do: markHeld }
const followedUp: DueAction = { key: 'l', label: 'Followed up', said: 'Follow-up noted.', do: logFollowUp }
const stop: DueAction = { key: 'x', label: 'Stop reminding', said: 'You will not be reminded of this one.', do: stopReminding }
const later = (today: string): DueAction => ({
  key: 'z',
  label: 'Put off by 3 days',
  said: 'Put off by 3 days.',
  do: (application) => setFollowUp(application, addDays(today, 3)),
})

const about = (list: Due['list'], application: Application, at: Due['at'], actions: DueAction[]): Due => ({
  key: `${list} ${application.id}`,
  link: { to: '/applications/$id', id: application.id },
  company: application.job.company,
  title: application.job.title,
  application,
  list,
  at,
  actions,
})

/** What is due, most pressing first; empty groups are left out. */
export function dueGroups(dashboard: Dashboard): DueGroup[] {
  const { today, interviews, unlogged, follow_ups, deadlines, silent } = dashboard
  const groups: DueGroup[] = [
    {
      list: 'interviews',
      title: 'Interviews',
      total: interviews.total,
      items: interviews.items.map((one) => about('interviews', one, { instant: one.interview_at ?? '' }, [])),
    },
    {
      list: 'unlogged',
      title: 'How did it go?',
      total: unlogged.total,
      items: unlogged.items.map((one) => about('unlogged', one, { instant: lastScheduled(one) }, [held])),
    },
    {
      list: 'follow_ups',
      title: 'Follow up',
      total: follow_ups.total,
      items: follow_ups.items.map((one) => about('follow_ups', one, { day: one.follow_up_on ?? today }, [followedUp, later(today), stop])),
    },
    {
      list: 'deadlines',
      title: 'Apply before it closes',
      total: deadlines.total,
      items: deadlines.items.map((job) => ({
        key: `deadlines ${job.id}`,
        link: { to: '/jobs/$id' as const, id: job.id },
        company: job.company,
        title: job.title,
        application: null,
        list: 'deadlines' as const,
        at: { day: job.deadline_on ?? today },
        actions: [],
      })),
    },
    {
      list: 'silent',
      title: 'Silent',
      total: silent.total,
      items: silent.items.map(({ application, silent_days }) =>
        about('silent', application, { words: `${silent_days} days without a word` }, [followedUp, later(today), stop]),
      ),
    },
  ]
  return groups.filter((group) => group.items.length > 0)
}

const lastScheduled = (application: Application) =>
  application.interviews.findLast((interview) => interview.status === 'scheduled')?.starts_at ?? ''

/** Why silence is worth a thought, as far as the figures carry. */
export function silenceReason({ days_to_response: { median, n } }: Dashboard): string | null {
  if (median === null || n < 5) return null
  return `Half of your answers came within ${Math.round(median)} ${Math.round(median) === 1 ? 'day' : 'days'}.`
}
