import type { ViewKind } from '../../../contract/views.ts'

export type Starter = { name: string; query: Record<string, unknown>; sort: string | null }

/** To begin with, as long as nobody has saved one: each shows what a view is for. */
export const starters: Record<ViewKind, Starter[]> = {
  jobs: [
    { name: 'Open, not applied for yet', query: { status: ['open'], has_application: false }, sort: null },
    { name: 'Remote, highest pay first', query: { status: ['open'], remote_option: ['remote'] }, sort: '-salary' },
    { name: 'Next deadline first', query: { status: ['open'] }, sort: 'deadline_on' },
  ],
  applications: [
    { name: 'Silent for a week', query: { status: ['applied', 'screening'], silent_days_min: 7 }, sort: 'applied_on' },
    { name: 'In interviews', query: { status: ['interview'] }, sort: 'interview_at' },
    { name: 'Offers', query: { status: ['offer'] }, sort: null },
  ],
}
