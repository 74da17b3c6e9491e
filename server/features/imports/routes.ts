import { imports } from '../../../contract/imports.ts'
import { routes } from '../../http/mount.ts'
import { startImports } from './background.ts'
import { createImport, findImports, getImport } from './imports.ts'
import { findImportRows } from './row-report.ts'
import { undoImport } from './undo.ts'

export const importsRoutes = routes(
  imports,
  {
    create: ({ app, user, body, file }) => createImport(app, user, body, file),
    list: ({ app, user, query }) => findImports(app, user, query),
    get: ({ app, user, params }) => getImport(app, user, params.id),
    rows: ({ app, user, params, query }) => findImportRows(app, user, params.id, query),
    undo: ({ app, user, params }) => undoImport(app, user, params.id),
  },
  { start: startImports },
)
