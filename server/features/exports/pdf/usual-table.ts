/** The table when nobody says which fields: what belongs together stands together. */
import type { Application } from '../../../../contract/applications.ts'
import type { ApplicationStatus, Job } from '../../../../contract/jobs.ts'
import { historyInWords, payInWords, statusOf } from './columns.ts'
import type { Cell, Table } from './document.ts'
import type { Row } from './rows.ts'
import { breakable, cut } from './text.ts'
import { inWords, type Words } from './words.ts'

const nameCut = 110
const wordLength = 20

export const fitted = (text: string | null, most = nameCut) => (text === null ? '' : breakable(cut(text, most), wordLength))
const companyAndTitle = (row: Row): Cell => ({ strong: fitted(row['company'] as string), under: fitted(row['title'] as string) })

export const applicationNames = ['applied_on', 'company', 'title', 'status', 'history']

export const applicationsTable = (rows: readonly Row[], words: Words): Table => ({
  columns: [
    { label: 'Applied', width: 'auto', align: 'left' },
    { label: 'Company and role', width: 5, align: 'left' },
    { label: 'Status', width: 'auto', align: 'left' },
    { label: 'History', width: 6, align: 'left' },
  ],
  rows: rows.map((row) => {
    const { applied_on, status } = row as unknown as Application
    return [
      applied_on === null ? { plain: '', under: 'not yet' } : words.day(applied_on),
      companyAndTitle(row),
      { status: statusOf(status) },
      historyInWords(row.history, words),
    ]
  }),
})

export const jobNames = [
  'created_at',
  'company',
  'title',
  'location',
  'remote_option',
  'salary_min',
  'salary_max',
  'salary_currency',
  'salary_period',
  'tech_stack',
  'status',
  'application_status',
]

export const jobsTable = (rows: readonly Row[], words: Words): Table => ({
  columns: [
    { label: 'Added', width: 'auto', align: 'left' },
    { label: 'Company and role', width: 4, align: 'left' },
    { label: 'Pay and place', width: 4, align: 'left' },
    { label: 'Skills', width: 4, align: 'left' },
    { label: 'Status', width: 'auto', align: 'left' },
  ],
  rows: rows.map((row) => {
    const job = row as unknown as Job
    const place = placeInWords(job)
    const pay = payInWords(job, words)
    return [
      words.day(words.dayOfInstant(job.created_at)),
      companyAndTitle(row),
      pay === '' ? place : { plain: pay, under: place },
      fitted(job.tech_stack.join(', '), 90),
      job.application_status ? { status: statusOf(job.application_status as ApplicationStatus) } : inWords(job.status),
    ]
  }),
})

function placeInWords({ location, remote_option }: Job): string {
  const how = remote_option === null ? '' : inWords(remote_option)
  const isSaid = location?.toLowerCase().includes(how.toLowerCase())
  return [fitted(location, 60), isSaid ? '' : how].filter((text) => text !== '').join(', ')
}
