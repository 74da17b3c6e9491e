import { showUndo } from '../../ui/undo.tsx'
import { isTask, type Outcome, readEverythingAnew, send } from '../bulk/api.ts'
import { tell, watchTask } from '../bulk/background.ts'
import type { Change, Step } from '../bulk/change.ts'
import type { Selection } from '../bulk/selection.ts'
import { undoAll } from '../bulk/undo.ts'
import { useLocal } from '../bulk/use-local.ts'
import { leftTitle, report } from '../bulk/words.ts'
import type { Trashed } from './api.ts'

const kinds = ['jobs', 'applications'] as const

/** Jobs before applications: an application can only come back to a job that is there. */
export function stepsFor({ ids, isAll }: Selection, items: Trashed[], action: 'restore' | 'delete'): Step[] {
  return kinds.flatMap((kind): Step[] => {
    const change: Change = action === 'delete' ? { kind, action, permanent: true } : { kind, action }
    if (isAll) return [{ change, chosen: { filter: { deleted: 'only' }, all: false } }]
    const own = items.filter((item) => ids.has(item.id) && `${item.kind}s` === kind).map(({ id }) => id)
    return own.length > 0 ? [{ change, chosen: { ids: own } }] : []
  })
}

/** Does it all, says what was done and what was left, and offers the way back where there is one. */
export function useMany() {
  const local = useLocal()
  return async (steps: Step[], idempotencyKey: string) => {
    const done: { step: Step; outcome: Outcome }[] = []
    try {
      for (const step of steps) {
        const sent = await send(step, { idempotencyKey: `${idempotencyKey}-${step.change.kind}` })
        if (isTask(sent)) watchTask(sent.task_id, step.change)
        else done.push({ step, outcome: sent })
      }
    } finally {
      for (const { step, outcome } of done)
        if (outcome.failed > 0) tell({ title: leftTitle(outcome, local), kind: step.change.kind, errors: outcome.errors })
      const back = done.filter(({ outcome }) => outcome.undoTokens.length > 0)
      if (back.length > 0)
        showUndo({
          message: back.map(({ step, outcome }) => report(step.change, outcome, local)).join(' '),
          undo: async () => {
            for (const { step, outcome } of back.toReversed()) await undoAll(step.change.kind, outcome.undoTokens, local)
          },
        })
      void readEverythingAnew()
    }
  }
}
