import { Button, CloseButton, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Task } from '../../../contract/tasks.ts'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { announce } from '../../ui/announce.tsx'
import { Docked } from '../../ui/dock.tsx'
import { notifyProblem } from '../../ui/notify.tsx'
import { isUnderWay, readEverythingAnew, runningQuery, taskQuery } from './api.ts'
import { dismiss, forgetTask, type Notice, tell, useBackground, watchTask } from './background.ts'
import classes from './bulk.module.css'
import type { Said } from './change.ts'
import { LeftOut } from './left-out.tsx'
import { offerUndo } from './undo.ts'
import { useLocal } from './use-local.ts'
import { command, leftTitle } from './words.ts'

/** Over every page: bulk changes that run in the background, and what they left out. */
export function BackgroundDock() {
  const { tasks, notices } = useBackground()
  const { data: running } = useQuery(runningQuery)
  useEffect(() => {
    for (const change of running ?? []) watchTask(change.task_id, change)
  }, [running])
  return (
    <>
      {[...tasks].map(([id, said]) => (
        <RunningTask key={id} id={id} said={said} />
      ))}
      {notices.map((notice) => (
        <LeftNotice key={notice.id} notice={notice} />
      ))}
    </>
  )
}

function RunningTask({ id, said }: { id: string; said: Said }) {
  const { data: task, error } = useQuery(taskQuery(id))
  const [isStopping, setStopping] = useState(false)
  const local = useLocal()
  useEffect(() => {
    if (error && !task) forgetTask(id)
    if (!task || isUnderWay(task)) return
    forgetTask(id)
    void readEverythingAnew()
    tellEnd(task, said, local)
  }, [task, error, id, said, local])

  const stop = async () => {
    setStopping(true)
    try {
      queryClient.setQueryData(taskQuery(id).queryKey, await client.tasks.cancel({ params: { id } }))
    } catch (problem) {
      notifyProblem('It could not be stopped', problem)
    } finally {
      setStopping(false)
    }
  }
  if (task && !isUnderWay(task)) return null
  const { processed, total } = task ?? { processed: 0, total: 0 }
  const share = total > 0 ? (100 * processed) / total : 0
  return (
    <Docked label="In the background">
      <div className={classes.running}>
        <span className={classes.sentence}>{total > 0 ? command(said, total, local) : 'Begins'}</span>
        <span className={classes.progress}>
          <Progress value={share} aria-label="How far it is" />
          <span className="dimmed">{total > 0 && `${processed.toLocaleString(local.locale)} so far. You can go on working.`}</span>
        </span>
        <Button variant="default" size="compact-md" loading={isStopping} onClick={() => void stop()}>
          Stop
        </Button>
      </div>
    </Docked>
  )
}

function tellEnd({ status, result, problem, total }: Task, said: Said, local: ReturnType<typeof useLocal>) {
  if (result) {
    const { undo_token, ...counts } = result
    const undoTokens = undo_token === undefined ? [] : [undo_token]
    offerUndo(said, { ...counts, undoTokens }, local, status === 'cancelled' ? 'Stopped. ' : '')
    if (result.failed > 0 && status === 'completed') tell({ title: leftTitle(result, local), kind: said.kind, errors: result.errors })
  }
  if (status === 'cancelled' && !result) announce('Stopped')
  if (status === 'failed') notifyProblem(`${command(said, total, local)}: this ended early`, new Error(problem?.message))
}

function LeftNotice({ notice: { id, title, kind, errors } }: { notice: Notice }) {
  useEffect(() => announce(title), [title])
  return (
    <Docked label="What was left">
      <div className={classes.notice}>
        <div className={classes.reasons}>
          {title}
          <LeftOut kind={kind} errors={errors} />
        </div>
        <CloseButton aria-label="Dismiss" onClick={() => dismiss(id)} />
      </div>
    </Docked>
  )
}
