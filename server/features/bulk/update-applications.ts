import { sql } from 'kysely'
import type { ApplicationBulkChanges } from '../../../contract/bulk.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { AppError } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { clockOf } from '../applications/applications.ts'
import { type Clock, type HistoryEvent, isOpen, rewrite, type Standing, standingOf, type Wanted } from '../applications/history.ts'
import { changeApplications, findEventsOf, type Own, ownColumnTypes } from '../applications/many.ts'
import { stateOf } from './application-state.ts'
import { forEachInTurn } from './entries.ts'
import { alreadyOpen, isStale, notThere, type Places, refusedBy, type Target } from './errors.ts'
import { findApplications } from './find-applications.ts'
import { keepImages } from './images.ts'
import { type Claim, withOneOpen } from './open-slots.ts'
import type { Operation } from './operation.ts'

export type ApplicationChange = Target & { changes: ApplicationBulkChanges & { version?: number | undefined } }

type History = { standing: Standing; before: HistoryEvent[]; after: HistoryEvent[] }
type Planned = Claim & { own: Partial<Own>; history: History | null }

const historyNames = ['status', 'applied_on', 'response_on', 'offer_on'] as const
const ownNames = Object.keys(ownColumnTypes) as (keyof Own)[]
const eventsAtOnce = 1_000

const wantedOf = (changes: ApplicationBulkChanges): Wanted => Object.fromEntries(historyNames.map((name) => [name, changes[name]]))
const ownOf = (changes: ApplicationBulkChanges): Partial<Own> =>
  Object.fromEntries(ownNames.filter((name) => changes[name] !== undefined).map((name) => [name, changes[name]]))
const rewrites = (changes: ApplicationBulkChanges) => historyNames.some((name) => changes[name] !== undefined)

/** `shared`: every application gets the same change, so what it sets is sent to the database once. */
export const updateOfApplications = (
  user: User,
  targets: readonly ApplicationChange[],
  shared: ApplicationBulkChanges | null,
  places: Places,
): Operation<Planned> => ({
  check: async (app, options) => {
    const { applications, holders } = await findApplications(
      app,
      user,
      targets.map(({ id }) => id),
      options,
    )
    const errors: BulkError[] = []
    const found = targets.filter((target) => {
      const application = applications.get(target.id)
      const { version } = target.changes
      if (!application || application.deleted_at !== null) errors.push(notThere(target, 'application', places))
      else if (version !== undefined && version !== application.version) errors.push(isStale(target, version, application.version, places))
      else return true
      return false
    })
    const histories = await planHistories(app, user, found, places)
    const claims = found.flatMap((target): Planned[] => {
      const { id, index, changes } = target
      const planned = histories.get(target.id) ?? null
      if (planned && 'code' in planned) {
        errors.push(planned)
        return []
      }
      const { job_id: jobId, status } = applications.get(id)!
      return [{ id, index, jobId, isOpen: isOpen(planned?.standing.status ?? status), own: shared ? {} : ownOf(changes), history: planned }]
    })
    const { groups, refused } = withOneOpen(claims, holders)
    const message = 'would be open, and its job has another open application'
    for (const { id, index } of refused) {
      errors.push(alreadyOpen({ id, index }, [{ field: places.field(index, 'status'), code: 'application_already_open', message }]))
    }
    return { groups, errors }
  },

  write: async ({ app, bulkId, now }, part) => {
    const sharedOwn = shared ? ownOf(shared) : {}
    const names = ownNames.filter((name) => name in sharedOwn || part.some(({ own }) => name in own))
    const sent = part.map(({ id, index, own, history }) => ({ id, index, said: Object.keys(own), rewrites: history !== null, ...own }))
    const types = sql.raw(names.map((name) => `, ${name} ${ownColumnTypes[name]}`).join(''))
    const value = (name: keyof Own) => {
      const given = sharedOwn[name]
      if (given === undefined)
        return sql`case when ${name} = any(given.said) then ${sql.ref(`given.${name}`)} else ${sql.ref(`a.${name}`)} end`
      return sql`${name === 'contacts' ? JSON.stringify(given) : given}::${sql.raw(ownColumnTypes[name])}`
    }
    const isChanged = sql.join(
      [sql`given.rewrites`, ...names.map((name) => sql`${sql.ref(`a.${name}`)} is distinct from ${value(name)}`)],
      sql` or `,
    )
    const changed = await keepImages(
      app.db,
      user.id,
      bulkId,
      'applications',
      sql`
        select a.id as record_id, given.index, false as along, a.version as version_before, a.version + 1 as version_after,
          ${stateOf(names, sql`given.rewrites`)} as was
        from json_to_recordset(${JSON.stringify(sent)}::json) as given (id uuid, index int, said text[], rewrites boolean${types})
        join applications a on a.user_id = ${user.id} and a.id = given.id where ${isChanged}`,
    )
    const isWanted = new Set(changed)
    const changes = part.filter(({ id }) => isWanted.has(id)).map(({ id, own, history }) => ({ id, ...own, ...history }))
    await changeApplications(app.db, user.id, changes, now, sharedOwn)
  },
})

/** What the events are going to be, by application: absent where nothing changes, an error where the rules refuse it. */
async function planHistories(app: App, user: User, targets: readonly ApplicationChange[], places: Places) {
  const planned = new Map<string, History | BulkError>()
  const clock: Clock = await clockOf(app, user)
  const rewritten = targets.filter(({ changes }) => rewrites(changes))
  for (let at = 0; at < rewritten.length; at += eventsAtOnce) {
    const slice = rewritten.slice(at, at + eventsAtOnce)
    const events = await findEventsOf(
      app.db,
      user.id,
      slice.map(({ id }) => id),
    )
    await forEachInTurn(slice, (target) => {
      const before = events.get(target.id) ?? []
      try {
        const after = rewrite(before, wantedOf(target.changes), clock)
        const isSame = before.length === after.length && after.every((event) => before.includes(event))
        if (!isSame) planned.set(target.id, { standing: standingOf(after) as Standing, before, after })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        planned.set(target.id, refusedBy(target, error, places))
      }
    })
  }
  return planned
}
