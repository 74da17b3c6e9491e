import type { Application, ApplicationStatus } from '../../../contract/applications.ts'
import type { App } from '../../app.ts'
import type { Via } from '../../http/mount.ts'
import type { User } from '../../http/who-is-asking.ts'
import { hintRecord } from '../../live/live.ts'
import { notify } from '../notifications/notifications.ts'

type Before = Pick<Application, 'status' | 'version'>

const became: Record<ApplicationStatus, string> = {
  interested: 'of interest',
  applied: 'applied',
  screening: 'in screening',
  interview: 'at the interview',
  offer: 'an offer',
  accepted: 'accepted',
  rejected: 'rejected',
  declined: 'declined',
  withdrawn: 'withdrawn',
  ghosted: 'without an answer',
}

/** Tells that an application is another than `before`. Who did it in the web app has seen it: its status is noted, the rest is not. */
export async function tellOfChange(app: App, user: User, before: Before, after: Application, via: Via): Promise<void> {
  if (after.version === before.version) return
  hintRecord(app, user.id, 'application', after.id, after.version)
  const about = { cause: `application ${after.id} version ${after.version}`, job_id: after.job_id, application_id: after.id }
  const { company, title } = after.job
  if (after.status !== before.status) {
    await notify(app, user, {
      ...about,
      type: 'application_status_changed',
      title: `${company}: now ${became[after.status]}`,
      body: `${title}. Before: ${became[before.status]}.`,
      data: { from_status: before.status, to_status: after.status },
      isSeen: via === 'web',
    })
  } else if (via !== 'web') {
    await notify(app, user, {
      ...about,
      type: 'application_updated',
      title: `${company}: application updated`,
      body: `Something was changed in your application as ${title}.`,
      data: { version: after.version },
    })
  }
}
