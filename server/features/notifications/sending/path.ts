import type { NotificationType } from '../../../../contract/notifications.ts'
import type { Message } from '../table.ts'

const pages: Partial<Record<NotificationType, string>> = {
  bulk_finished: '/data/bulk',
  export_ready: '/data',
  backup_failed: '/data',
  digest: '/',
  test: '/settings',
}

/** The page of the app that shows what is told. */
export function pathOf(type: NotificationType, { application_id, job_id, data }: Message): string {
  if (application_id !== null) return `/applications/${application_id}`
  if (job_id !== null) return `/jobs/${job_id}`
  if (typeof data['import_id'] === 'string') return `/data/imports/${data['import_id']}`
  return pages[type] ?? '/inbox'
}
