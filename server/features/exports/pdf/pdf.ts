import type { ApplicationExportQuery, JobExportQuery } from '../../../../contract/exports.ts'
import type { App } from '../../../app.ts'
import type { User } from '../../../http/who-is-asking.ts'
import { selectApplications } from '../../applications/applications.ts'
import { selectJobs } from '../../jobs/jobs.ts'
import { getSettings } from '../../settings/settings.ts'
import { proofOfSearch } from './proof-of-search.ts'
import { applicationsReport, jobsReport } from './report.ts'
import type { Frame } from './sheet.ts'
import { typeset } from './typesetting.ts'
import { wordsFor } from './words.ts'

export function pdfOfJobs(app: App, user: User, query: JobExportQuery, hungUp: AbortSignal): Promise<Buffer> {
  const { format: _, bom: __, limit: ___, cursor: ____, layout: _____, fields, paper, sort, ...filter } = query
  return typeset(app, hungUp, () =>
    inSnapshot(app, async (app) =>
      jobsReport(app, { ...(await frameOf(app, user, paper)), filter, fields, selection: await selectJobs(app, user, filter, sort) }),
    ),
  )
}

export function pdfOfApplications(app: App, user: User, query: ApplicationExportQuery, hungUp: AbortSignal): Promise<Buffer> {
  const { format: _, bom: __, limit: ___, cursor: ____, layout, fields, paper, sort, ...filter } = query
  return typeset(app, hungUp, () =>
    inSnapshot(app, async (app) => {
      const selection = await selectApplications(app, user, filter, sort)
      const order = { ...(await frameOf(app, user, paper)), filter, fields, selection, sort }
      return layout === 'proof-of-search' ? proofOfSearch(app, order) : applicationsReport(app, order)
    }),
  )
}

/** Every query sees the same moment, so that figures and rows agree. */
const inSnapshot = <T>(app: App, work: (app: App) => Promise<T>): Promise<T> =>
  app.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => work({ ...app, db }))

async function frameOf(app: App, user: User, paper: Frame['paper']): Promise<Frame> {
  const settings = await getSettings(app, user)
  return { paper, settings, words: wordsFor(settings, app.now()) }
}
