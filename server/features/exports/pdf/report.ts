import type { ApplicationFilter } from '../../../../contract/applications.ts'
import type { JobFilter } from '../../../../contract/jobs.ts'
import type { App } from '../../../app.ts'
import type { Selection } from '../../../database/keyset.ts'
import { findTopSkills, findTopSources, getAdded, getApplicationFigures, getJobFigures, getSent } from '../../analytics/figures.ts'
import { activityChart, besideEachOther, funnelChart, rankingChart } from './charts.ts'
import { tableOf } from './columns.ts'
import type { Report } from './document.ts'
import { applicationFilterInWords, jobFilterInWords, periodOf } from './filter-words.ts'
import { applicationFigures, jobFigures } from './key-figures.ts'
import { readRows } from './rows.ts'
import { type Frame, nothing, sheetOf } from './sheet.ts'
import { applicationNames, applicationsTable, jobNames, jobsTable } from './usual-table.ts'
import { count } from './words.ts'

export type Order<Filter> = Frame & { selection: Selection; filter: Filter; fields: readonly string[] | undefined }

// More columns than this lie better across the sheet.
const mostUpright = 5
const mostBars = 26
const mostNames = 5
const isWide = (fields: readonly string[] = []) => fields.length > mostUpright

export async function applicationsReport(app: App, order: Order<ApplicationFilter>): Promise<Report> {
  const { selection, filter, fields, words, settings } = order
  const rows = await readRows(app.db, 'applications', fields ?? applicationNames, selection)
  const figures = await getApplicationFigures(app, selection)
  const sent = await getSent(app, selection, { most: mostBars, settings })
  const skills = await findTopSkills(app, selection, mostNames)
  const chosen = applicationFilterInWords(filter, words)
  const asked = periodOf(filter.applied_from, filter.applied_to, words)
  const period = asked ?? periodOf(figures.first_on, figures.last_on, words) ?? ''
  const heading = count(rows.length, 'application')
  return {
    ...sheetOf(order, { title: 'Job applications', period, flipped: isWide(fields) }, chosen),
    layout: 'report',
    figures: applicationFigures(figures, words),
    charts: besideEachOther([
      ...activityChart('Applications sent', sent, words),
      ...funnelChart(figures, words),
      ...rankingChart('Skills asked for most', skills, words),
    ]),
    heading,
    table: fields ? tableOf('applications', fields, rows, words) : applicationsTable(rows, words),
    empty: nothing('applications', chosen.length > 0 || asked !== null),
  }
}

export async function jobsReport(app: App, order: Order<JobFilter>): Promise<Report> {
  const { selection, filter, fields, words, settings } = order
  const rows = await readRows(app.db, 'jobs', fields ?? jobNames, selection)
  const figures = await getJobFigures(app, selection, settings.timezone)
  const added = await getAdded(app, selection, { most: mostBars, settings })
  const skills = await findTopSkills(app, selection, mostNames)
  const sources = await findTopSources(app, selection, mostNames)
  const chosen = jobFilterInWords(filter, words)
  const asked = periodOf(filter.created_from, filter.created_to, words)
  const period = asked ?? periodOf(figures.first_on, figures.last_on, words) ?? ''
  return {
    ...sheetOf(order, { title: 'Jobs found', period, flipped: isWide(fields) }, chosen),
    layout: 'report',
    figures: jobFigures(figures, words),
    charts: besideEachOther([
      ...activityChart('Jobs added', added, words),
      ...rankingChart('Skills asked for most', skills, words),
      ...rankingChart('Where they were found', sources, words),
    ]),
    heading: count(rows.length, 'job'),
    table: fields ? tableOf('jobs', fields, rows, words) : jobsTable(rows, words),
    empty: nothing('jobs', chosen.length > 0 || asked !== null),
  }
}
