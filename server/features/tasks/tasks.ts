import type { Task } from '../../../contract/tasks.ts'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/transaction.ts'
import { notFound } from '../../errors.ts'
import type { User } from '../../http/who-is-asking.ts'
import { findTask, type KnownTask, setTask } from './queries.ts'
import { adoptTasks } from './start.ts'

export async function getTask(app: App, user: User, id: string): Promise<Task> {
  const found = await findTask(app.db, user.id, id)
  if (!found) throw notFound('task')
  if (isUnderWay(found)) await adoptTasks(app)
  return presented(found)
}

export function cancelTask(app: App, user: User, id: string): Promise<Task> {
  return inTransaction(app, async (app) => {
    const found = await findTask(app.db, user.id, id, { lock: true })
    if (!found) throw notFound('task')
    if (!isUnderWay(found)) return presented(found)
    const end = { status: 'cancelled', finished_at: app.now().toISOString() } as const
    await setTask(app.db, user.id, id, end)
    return presented({ ...found, ...end })
  })
}

const isUnderWay = ({ status }: KnownTask) => status === 'queued' || status === 'running'

/** While it runs, what it came to so far is not yet a result. */
function presented({ owner: _, work: __, ...task }: KnownTask): Task {
  return { ...task, result: task.status === 'queued' || task.status === 'running' ? null : task.result }
}
