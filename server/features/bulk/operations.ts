import type { ApplicationBulkChanges, BulkKind, JobBulkChanges } from '../../../contract/bulk.ts'
import type { User } from '../../http/who-is-asking.ts'
import type { Places, Target } from './errors.ts'
import type { Operation } from './operation.ts'
import type { KnownChange } from './queries.ts'
import { deletionOfApplications, removalOfApplications, restorationOfApplications } from './trash-applications.ts'
import { deletionOfJobs, removalOfJobs, restorationOfJobs } from './trash-jobs.ts'
import { undoOfApplications } from './undo-applications.ts'
import type { Image } from './undo-images.ts'
import { undoOfJobs } from './undo-jobs.ts'
import { updateOfApplications } from './update-applications.ts'
import { columnsOf, updateOfJobs } from './update-jobs.ts'

/** What is done alike to every record of a selection. It is plain data, so that a task can carry it along. */
export type Act =
  | { kind: 'jobs'; action: 'update'; permanent: false; changes: JobBulkChanges }
  | { kind: 'applications'; action: 'update'; permanent: false; changes: ApplicationBulkChanges }
  | { kind: BulkKind; action: 'delete'; permanent: boolean; changes: null }
  | { kind: BulkKind; action: 'restore'; permanent: false; changes: null }

export function operationFor(user: User, act: Act, targets: readonly Target[], places: Places): Operation {
  const ofJobs = act.kind === 'jobs'
  if (act.action === 'update') {
    return act.kind === 'jobs'
      ? updateOfJobs(user, withChanges(targets, act.changes), act.changes, places)
      : updateOfApplications(user, withChanges(targets, act.changes), act.changes, places)
  }
  if (act.action === 'restore') return (ofJobs ? restorationOfJobs : restorationOfApplications)(user, targets, places)
  if (act.permanent) return (ofJobs ? removalOfJobs : removalOfApplications)(user, targets, places)
  return (ofJobs ? deletionOfJobs : deletionOfApplications)(user, targets, places)
}

const withChanges = <C>(targets: readonly Target[], changes: C) => targets.map((target) => ({ ...target, changes }))

/** The names of the fields that an update sets. */
export const fieldsOf = (kind: BulkKind, changes: object): string[] =>
  kind === 'jobs' ? columnsOf(changes) : Object.keys(changes).filter((name) => name !== 'version' && name !== 'id')

export const undoOf = (user: User, change: KnownChange, images: readonly Image[]): Operation =>
  change.kind === 'jobs' ? undoOfJobs(user, change, images) : undoOfApplications(user, change, images)
