import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { ApplicationSort, applicationFilter } from '../../../contract/applications.ts'
import { JobSort, jobFilter } from '../../../contract/jobs.ts'
import { rootRoute } from '../../ui/root-route.ts'
import { searchOf } from '../../ui/search-params.ts'

/** What the page may make: the formats of the API, and the layouts of its PDF. */
export const ExportAs = z.enum(['csv', 'json', 'report', 'proof-of-search'])
export type ExportAs = z.output<typeof ExportAs>

const as = ExportAs.optional()

const jobExport = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/export/jobs',
  validateSearch: searchOf({ ...jobFilter, sort: JobSort.optional(), as }),
  component: lazyRouteComponent(() => import('./export-page.tsx'), 'JobExportPage'),
})

const applicationExport = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/export/applications',
  validateSearch: searchOf({ ...applicationFilter, sort: ApplicationSort.optional(), as }),
  component: lazyRouteComponent(() => import('./export-page.tsx'), 'ApplicationExportPage'),
})

export const exportsRoutes = [jobExport, applicationExport]
