import { type Kysely, sql } from 'kysely'
import type { Task } from '../../../contract/tasks.ts'
import type { Tables } from '../../database/tables.ts'

type Db = Kysely<Tables>

export type KnownTask = Task & { owner: string; work: unknown }

export async function findTask(db: Db, userId: string, id: string, { lock = false } = {}): Promise<KnownTask | undefined> {
  const query = db
    .selectFrom('tasks')
    .select(['id', 'kind', 'status', 'total', 'processed', 'result', 'problem', 'created_at', 'finished_at', 'owner', 'work'])
    .where('user_id', '=', userId)
    .where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export type NewTask = Pick<Task, 'id' | 'kind' | 'total' | 'result' | 'created_at'> & { work: unknown }

export async function insertTask(db: Db, userId: string, { work, result, ...task }: NewTask, owner: string): Promise<void> {
  await db
    .insertInto('tasks')
    .values({
      user_id: userId,
      ...task,
      status: 'queued',
      work: JSON.stringify(work),
      result: JSON.stringify(result),
      problem: null,
      owner,
      finished_at: null,
    })
    .execute()
}

export type TaskChanges = Partial<Pick<Task, 'status' | 'processed' | 'result' | 'problem' | 'finished_at'>>

export async function setTask(db: Db, userId: string, id: string, { result, problem, ...changes }: TaskChanges): Promise<void> {
  await db
    .updateTable('tasks')
    .set({
      ...changes,
      ...(result === undefined ? {} : { result: JSON.stringify(result) }),
      ...(problem === undefined ? {} : { problem: problem && JSON.stringify(problem) }),
    })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

export async function findOwners(db: Db): Promise<string[]> {
  const { rows } = await sql<{ owner: string }>`select distinct owner from tasks where status in ('queued', 'running')`.execute(db)
  return rows.map(({ owner }) => owner)
}

export async function findTasksOfOwner(db: Db, owner: string): Promise<{ user_id: string; id: string }[]> {
  return db
    .selectFrom('tasks')
    .select(['user_id', 'id'])
    .where('owner', '=', owner)
    .where('status', 'in', ['queued', 'running'])
    .orderBy('id')
    .execute()
}

export async function setOwner(db: Db, from: string, to: string): Promise<void> {
  await db.updateTable('tasks').set({ owner: to }).where('owner', '=', from).where('status', 'in', ['queued', 'running']).execute()
}
