import type { Notification } from '../../../contract/notifications.ts'

const textIn = ({ data }: Notification, name: string) => (typeof data[name] === 'string' ? data[name] : null)

/** Where one looks at what it tells; null: it says all there is. */
export function leadsTo(notification: Notification): string | null {
  const { type, application_id, job_id } = notification
  if (application_id) return `/applications/${application_id}`
  if (job_id) return `/jobs/${job_id}`
  switch (type) {
    case 'import_finished': {
      const id = textIn(notification, 'import_id')
      return id ? `/data/imports/${id}` : '/data'
    }
    case 'bulk_finished':
      return '/data/bulk'
    case 'backup_failed':
    case 'export_ready':
      return '/data'
    case 'follow_up_due':
    case 'deadline_near':
    case 'application_silent':
    case 'digest':
      return '/'
    case 'new_job_match':
    case 'view_alert':
      return '/jobs?sort=-created_at'
    default:
      return null
  }
}

/** When it begins, of an interview that is still to come. */
export function beginsAt(notification: Notification, now = Date.now()): string | null {
  const begins = notification.type === 'interview_reminder' ? textIn(notification, 'starts_at') : null
  return begins !== null && Date.parse(begins) > now ? begins : null
}

export const importOf = (notification: Notification): string | null =>
  notification.type === 'import_finished' && notification.data['status'] === 'completed' ? textIn(notification, 'import_id') : null

/** Of what reminds of writing to them: the application, which can be noted as done or left alone from now on. */
export const remindsOf = ({ type, application_id }: Notification): string | null =>
  type === 'follow_up_due' || type === 'application_silent' ? application_id : null
