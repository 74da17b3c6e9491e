import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import {
  mostViews,
  refuseUnknownToList,
  type View,
  type ViewChanges,
  type ViewInput,
  type ViewListQuery,
  viewLists,
} from '../../../contract/views.ts'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { AppError, conflict, invalid, notFound, staleVersion } from '../../errors.ts'
import { fieldErrors } from '../../http/field-errors.ts'
import type { Expected } from '../../http/preconditions.ts'
import type { User } from '../../http/who-is-asking.ts'
import { countViews, deleteView, findView, insertView, isNameTaken, listViews, setView } from './queries.ts'

export const findViews = (app: App, user: User, query: ViewListQuery) => listViews(app.db, user.id, query)

export async function getView(app: App, user: User, id: string): Promise<View> {
  const view = await findView(app.db, user.id, id)
  if (!view) throw notFound('view')
  return view
}

export function createView(app: App, user: User, { position, ...sent }: ViewInput): Promise<View> {
  return inTransaction(app, async (app) => {
    await takeTurn(app, `views ${user.id}`)
    const { n, next } = await countViews(app.db, user.id)
    if (n >= mostViews) throw conflict(`You have ${mostViews} views, which is the most. Delete one first.`)
    const now = app.now().toISOString()
    const view = { id: uuidv7(), ...asRead(sent), position: position ?? next, created_at: now, updated_at: now }
    await refuseTakenName(app, user, view)
    return insertView(app.db, user.id, view)
  })
}

export function changeView(app: App, user: User, id: string, { version: _, ...changes }: ViewChanges, expected: Expected): Promise<View> {
  return inTransaction(app, async (app) => {
    await takeTurn(app, `views ${user.id}`)
    const present = await lockView(app, user, id, expected)
    const wanted = { ...present, ...changes }
    const { error } = WholeView.safeParse(wanted)
    if (error) throw invalid(...fieldErrors(error.issues, wanted, { known: [], readOnly: [] }))
    const view = asRead(wanted)
    if (isDeepStrictEqual(view, present)) return present
    await refuseTakenName(app, user, view)
    return setView(app.db, user.id, { ...view, updated_at: app.now().toISOString() })
  })
}

/** What only the view as a whole can be held against. */
const WholeView = z.custom<View>().superRefine(refuseUnknownToList)

export function removeView(app: App, user: User, id: string, expected: Expected): Promise<void> {
  return inTransaction(app, async (app) => {
    await lockView(app, user, id, expected)
    await deleteView(app.db, user.id, id)
  })
}

async function lockView(app: App, user: User, id: string, expected: Expected): Promise<View> {
  const view = await findView(app.db, user.id, id, { lock: true })
  if (!view) throw notFound('view')
  if (expected && !expected.includes(view.version)) throw staleVersion(view.version)
  return view
}

/** Its query as the list reads it: one way to write each. */
function asRead<V extends Pick<View, 'kind' | 'query'>>(view: V): V {
  return { ...view, query: JSON.parse(JSON.stringify(viewLists[view.kind].filter.parse(view.query))) }
}

async function refuseTakenName(app: App, user: User, { kind, name, id }: Pick<View, 'kind' | 'name' | 'id'>): Promise<void> {
  if (!(await isNameTaken(app.db, user.id, kind, name, id))) return
  const message = `is the name of another view of ${kind}; choose one of its own`
  throw new AppError('conflict', `A view of ${kind} with the name “${name}” is already here.`, {
    fieldErrors: [{ field: 'name', code: 'conflict', message }],
  })
}
