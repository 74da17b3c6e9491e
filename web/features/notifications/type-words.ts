import {
  IconActivity,
  IconArrowsExchange,
  IconBell,
  IconBookmark,
  IconBriefcaseOff,
  IconCalendarDue,
  IconCalendarEvent,
  IconCalendarTime,
  IconDatabaseX,
  IconFileDownload,
  IconFileImport,
  IconHourglassEmpty,
  IconListCheck,
  IconNews,
  IconPencil,
  type TablerIcon,
} from '@tabler/icons-react'
import type { NotificationType, notificationTypes } from '../../../contract/notifications.ts'

type TypeWords = { label: string; icon: TablerIcon }
export type ChosenType = (typeof notificationTypes)[number]

/** What each is called in a filter, and its sign in a row. */
export const typeWords: Record<NotificationType, TypeWords> = {
  interview_reminder: { label: 'Interview comes up', icon: IconCalendarEvent },
  follow_up_due: { label: 'Follow-up is due', icon: IconCalendarTime },
  deadline_near: { label: 'Deadline is near', icon: IconCalendarDue },
  application_silent: { label: 'No answer for long', icon: IconHourglassEmpty },
  application_status_changed: { label: 'Application has another status', icon: IconArrowsExchange },
  application_updated: { label: 'Application changed', icon: IconPencil },
  job_status_changed: { label: 'Posting closed or opened', icon: IconBriefcaseOff },
  new_job_match: { label: 'Job that fits you', icon: IconActivity },
  view_alert: { label: 'New in a saved view', icon: IconBookmark },
  digest: { label: 'Digest', icon: IconNews },
  import_finished: { label: 'Import finished', icon: IconFileImport },
  bulk_finished: { label: 'Bulk change finished', icon: IconListCheck },
  export_ready: { label: 'Export is ready', icon: IconFileDownload },
  backup_failed: { label: 'Backup failed', icon: IconDatabaseX },
  test: { label: 'Test', icon: IconBell },
}

/** In the order of how soon one wants to know, with what it sounds like. */
export const typeGroups: { title: string; types: { type: ChosenType; example: string }[] }[] = [
  {
    title: 'What is due',
    types: [
      { type: 'interview_reminder', example: 'Interview in 1 hour: Northwind Labs' },
      { type: 'follow_up_due', example: 'Follow up with Halden Systems' },
      { type: 'deadline_near', example: 'Deadline tomorrow: Kestrel Mobility' },
      { type: 'application_silent', example: 'No answer from Northwind Labs' },
    ],
  },
  {
    title: 'What changed',
    types: [
      { type: 'application_status_changed', example: 'Northwind Labs: now in screening' },
      { type: 'application_updated', example: 'Northwind Labs: application updated' },
      { type: 'job_status_changed', example: 'Posting closed: Halden Systems' },
    ],
  },
  {
    title: 'What is new',
    types: [
      { type: 'new_job_match', example: 'Fits your profile: Kestrel Mobility' },
      { type: 'view_alert', example: '3 new jobs in “Remote, Lisbon”' },
      { type: 'digest', example: 'Your week: 4 applied, 2 answers, 1 interview' },
    ],
  },
  {
    title: 'What is done',
    types: [
      { type: 'import_finished', example: 'Import finished: my-search.csv' },
      { type: 'bulk_finished', example: '120 jobs changed' },
      { type: 'export_ready', example: 'Your report is ready' },
      { type: 'backup_failed', example: 'The daily backup failed: the disk is full' },
    ],
  },
]
