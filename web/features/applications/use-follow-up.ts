import type { Application } from '../../../contract/applications.ts'
import { announce } from '../../ui/announce.tsx'
import { addDays, longDay, todayIn } from '../../ui/days.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { useChangeApplication } from './api.ts'

/** From today when it is due or there was none; a later one is pushed on from its own day. */
export const snoozed = (followUpOn: string | null, days: number, today: string) =>
  addDays(followUpOn !== null && followUpOn > today ? followUpOn : today, days)

export function useFollowUp() {
  const { mutateAsync: change } = useChangeApplication()
  const { timezone, locale } = useUserLocale()
  const set = async ({ id, job, follow_up_on: before }: Application, follow_up_on: string | null) => {
    if (follow_up_on === before) return
    try {
      await change({ id, changes: { follow_up_on } })
    } catch (error) {
      notifyProblem('The follow-up was not changed', error)
      return
    }
    const message =
      follow_up_on === null ? `${job.company}: no follow-up.` : `${job.company}: follow-up on ${longDay(follow_up_on, locale)}.`
    if (before === null) announce(message)
    else showUndo({ message, undo: () => change({ id, changes: { follow_up_on: before } }) })
  }
  return {
    set,
    snooze: (application: Application, days: number) => set(application, snoozed(application.follow_up_on, days, todayIn(timezone))),
  }
}
