import type { ApplicationStatus } from '../contract/jobs.ts'

/** What a chart looks like: the same definition is drawn on a page, light or dark, and on paper. */
export type Look = {
  font: string
  fontSize: number
  text: string
  dimmed: string
  border: string
  /** Behind a bar: what is left to the whole. */
  hover: string
  accent: string
  status: Record<ApplicationStatus, { fg: string; bg: string }>
}

/** Colours on white paper: those of the light theme. */
export const paperColours: Omit<Look, 'font' | 'fontSize'> = {
  text: '#1f1d1a',
  dimmed: '#605c55',
  border: '#e4e1db',
  hover: '#f1efeb',
  accent: '#0b6e69',
  status: {
    interested: { fg: '#57534e', bg: '#efede9' },
    applied: { fg: '#1d4f91', bg: '#e4eefa' },
    screening: { fg: '#3f3da6', bg: '#e9e9fb' },
    interview: { fg: '#6b2fa0', bg: '#f2e8fb' },
    offer: { fg: '#7a4a00', bg: '#fbefd6' },
    accepted: { fg: '#1e6434', bg: '#e2f3e5' },
    rejected: { fg: '#5e5a52', bg: '#edebe6' },
    declined: { fg: '#475569', bg: '#e9edf2' },
    withdrawn: { fg: '#475569', bg: '#e9edf2' },
    ghosted: { fg: '#605c55', bg: '#ffffff' },
  },
}
