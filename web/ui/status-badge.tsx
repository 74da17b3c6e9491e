import {
  IconArchive,
  IconArrowBackUp,
  IconBookmark,
  IconBriefcase,
  IconCircleCheck,
  IconCircleMinus,
  IconGhost,
  IconLock,
  IconMessages,
  IconSend,
  IconSendOff,
  IconStar,
  IconUserSearch,
  type TablerIcon,
} from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { ApplicationStatus } from '../../contract/jobs.ts'
import classes from './status-badge.module.css'
import { applicationStatusWords, jobStatusWords } from './words.ts'

export const applicationStatusIcons: Record<ApplicationStatus, TablerIcon> = {
  interested: IconBookmark,
  applied: IconSend,
  screening: IconUserSearch,
  interview: IconMessages,
  offer: IconStar,
  accepted: IconCircleCheck,
  rejected: IconSendOff,
  declined: IconCircleMinus,
  withdrawn: IconArrowBackUp,
  ghosted: IconGhost,
}
export const jobStatusIcons = { open: IconBriefcase, closed: IconLock, archived: IconArchive } as const

/** Where an application stands: colour, icon and word. */
export function StatusBadge({ status }: { status: ApplicationStatus }) {
  const Icon = applicationStatusIcons[status]
  const tone = { '--badge-fg': `var(--status-${status}-fg)`, '--badge-bg': `var(--status-${status}-bg)` } as CSSProperties
  return (
    <span className={classes.badge} style={tone} data-status={status}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {applicationStatusWords[status]}
    </span>
  )
}

/** Whether a job can still be applied for. */
export function JobStatusBadge({ status }: { status: keyof typeof jobStatusIcons }) {
  const Icon = jobStatusIcons[status]
  return (
    <span className={classes.badge} data-job-status={status}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {jobStatusWords[status]}
    </span>
  )
}
