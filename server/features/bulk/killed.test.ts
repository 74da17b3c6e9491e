import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { expect, inject, test, vi } from 'vitest'
import type { Task } from '../../../contract/tasks.ts'
import { makeDatabase } from '../../../testing/database.ts'
import { startProcess } from '../../../testing/own-process.ts'

vi.setConfig({ testTimeout: 240_000 })

test('a long change goes on when its process is killed and started again, and counts each record once', async () => {
  const database = await makeDatabase(inject('cluster'))
  const dataDir = await mkdtemp(join(tmpdir(), 'landed-killed-'))
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir }
  const pool = new pg.Pool({ connectionString: database.url })
  const started = [await startProcess(env)]
  try {
    const total = 12_000
    await pool.query(
      `insert into jobs (user_id, id, company, title, created_at, updated_at)
       select users.id, gen_random_uuid(), 'Many', 'Job ' || n, now(), now() from users, generate_series(1, $1::int) n`,
      [total],
    )
    const change = { filter: {}, all: true, changes: { status: 'archived' as const }, mode: 'partial' as const }
    const { task_id: id } = (await started[0]!.client.bulk.updateJobs({ body: change })) as { task_id: string }
    while ((await started[0]!.client.tasks.get({ params: { id } })).processed < 2_000) await setTimeout(20)
    await started[0]!.kill('SIGKILL')

    const again = await startProcess(env)
    started.push(again)
    let task: Task
    do {
      await setTimeout(100)
      task = await again.client.tasks.get({ params: { id } })
    } while (task.status === 'queued' || task.status === 'running')
    expect(task).toMatchObject({ status: 'completed', total, processed: total, result: { total, succeeded: total, failed: 0 } })
    const { rows } = await pool.query('select status, version, count(*)::int as n from jobs group by 1, 2')
    expect(rows).toEqual([{ status: 'archived', version: 2, n: total }])
  } finally {
    for (const one of started) await one.kill('SIGKILL')
    await pool.end()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
