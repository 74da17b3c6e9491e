/**
 * Work that is too long for one request, step by step: each step is a transaction of its own that also notes how far it is.
 * So it can be stopped between two, and whoever finds that its process died carries on from there.
 */

import { setImmediate } from 'node:timers/promises'
import type { Task } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { asUser, forEverybody } from '../../database/row-security.ts'
import { afterCommit, inRetriedTransaction } from '../../database/transaction.ts'
import type { User } from '../../http/who-is-asking.ts'
import { send } from '../../live/live.ts'
import {
  forDeadOwners,
  holdLock,
  type Runner,
  releaseLock,
  runInTurn,
  runnerOf,
  startRunner,
  stopRunner,
  untilCommitted,
} from '../../tasks/runner.ts'
import { findOwners, findTask, findTasksOfOwner, insertTask, type NewTask, setOwner, setTask } from './queries.ts'

/** What a step came to; `result` is that of the whole task so far. */
export type Step = { processed: number; result: NonNullable<Task['result']>; isDone: boolean }

/** Does the next step. `work` is what the task was started with. */
export type TakeStep = (app: App, user: User, task: { work: unknown; result: NonNullable<Task['result']> }) => Promise<Step>

// By the pool, which every copy of an App shares.
const steps = new WeakMap<App['pool'], TakeStep>()

/** Called once the server is made. */
export async function serveTasks(app: App, takeStep: TakeStep): Promise<() => Promise<void>> {
  steps.set(app.pool, takeStep)
  const runner = startRunner(app)
  await adoptTasks(app)
  return () => stopRunner(runner)
}

/** Writes the task down; it starts once that is there for all to see. */
export async function startTask(app: App, user: User, task: NewTask): Promise<void> {
  const runner = runnerOf(app)
  await holdLock(runner, task.id)
  try {
    await insertTask(app.db, user.id, task, runner.owner)
  } catch (error) {
    await releaseLock(runner, task.id)
    throw error
  }
  runInTurn(runner, `task ${user.id}`, task.id, () => run(runner, user, task.id))
}

/** Carries on with what a process left that is no more. */
export async function adoptTasks(app: App): Promise<void> {
  const runner = runnerOf(app)
  const adopted: { user_id: string; id: string }[] = []
  await forEverybody(async () =>
    forDeadOwners(app, await findOwners(app.db), async (app, owner) => {
      const left = await findTasksOfOwner(app.db, owner)
      for (const { id } of left) await holdLock(runner, id)
      await setOwner(app.db, owner, runner.owner)
      adopted.push(...left)
    }),
  )
  for (const { user_id, id } of adopted) {
    app.log.info({ task_id: id }, 'carrying on with what was left unfinished')
    const user = { id: user_id }
    asUser(user, () => runInTurn(runner, `task ${user_id}`, id, () => run(runner, user, id)))
  }
}

async function run(runner: Runner, user: User, id: string): Promise<void> {
  const { app } = runner
  if (!(await untilCommitted(() => findTask(app.db, user.id, id)))) return
  try {
    while (!runner.isStopping && (await goOn(app, user, id))) await setImmediate()
  } catch (error) {
    app.log.error({ err: error, task_id: id }, 'a task failed')
    const message = 'Something went wrong here. What was done before stays, and can be undone; the server log has the cause.'
    await setTask(app.db, user.id, id, {
      status: 'failed',
      problem: { code: 'internal_error', message },
      finished_at: app.now().toISOString(),
    })
    const task = await findTask(app.db, user.id, id)
    if (task) tellProgress(app, user, task, { status: 'failed', processed: task.processed })
  }
}

type Progress = Pick<Task, 'status' | 'processed'>
const tellProgress = (app: App, user: User, { id, kind, total }: Pick<Task, 'id' | 'kind' | 'total'>, progress: Progress) =>
  send(app, user.id, { type: 'task_progress', id, kind, total, ...progress })

/** One step; false when there is none left. */
function goOn(app: App, user: User, id: string): Promise<boolean> {
  return inRetriedTransaction(app, async (app) => {
    // Whoever cancels it waits for the end of the step.
    const task = await findTask(app.db, user.id, id, { lock: true })
    const takeStep = steps.get(app.pool)
    if (!task?.result || !takeStep || (task.status !== 'queued' && task.status !== 'running')) return false
    const { processed, result, isDone } = await takeStep(app, user, { work: task.work, result: task.result })
    const status = isDone ? 'completed' : 'running'
    const progress = { status, processed: task.processed + processed } as const
    afterCommit(app, () => tellProgress(app, user, task, progress))
    await setTask(app.db, user.id, id, {
      ...progress,
      result,
      ...(isDone ? { finished_at: app.now().toISOString() } : {}),
    })
    return !isDone
  })
}
