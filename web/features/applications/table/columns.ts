import type { ApplicationSort } from '../../../../contract/applications.ts'

type Plain = Exclude<ApplicationSort, `-${string}`>

export type Column = {
  name: string
  label: string
  /** What the server can sort by, and which way round comes first. */
  sort?: Plain
  newestFirst?: true
}

export const columns = [
  { name: 'company', label: 'Company', sort: 'company' },
  { name: 'title', label: 'Title' },
  { name: 'status', label: 'Status' },
  { name: 'since', label: 'In it since' },
  { name: 'applied', label: 'Applied', sort: 'applied_on', newestFirst: true },
  { name: 'interview', label: 'Interview', sort: 'interview_at' },
  { name: 'followUp', label: 'Follow-up', sort: 'follow_up_on' },
  { name: 'changed', label: 'Changed', sort: 'updated_at', newestFirst: true },
] as const satisfies Column[]

/** The first click sorts as the column is mostly wanted, the second the other way round. */
export function nextSort({ sort, newestFirst }: Required<Pick<Column, 'sort'>> & Column, present: ApplicationSort): ApplicationSort {
  const usual: ApplicationSort = newestFirst ? `-${sort}` : sort
  const reverse: ApplicationSort = newestFirst ? sort : `-${sort}`
  return present === usual ? reverse : usual
}
