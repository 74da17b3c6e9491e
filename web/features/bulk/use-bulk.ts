import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BulkKind } from '../../../contract/bulk.ts'
import { useLatest } from '../../ui/use-latest.ts'
import { isTask, type Outcome, previewQuery, readEverythingAnew, send, showInLists } from './api.ts'
import { watchTask } from './background.ts'
import type { Change, Chosen, Step } from './change.ts'
import { selectOnly } from './selection.ts'
import { offerUndo } from './undo.ts'
import { useLocal } from './use-local.ts'
import type { SelectionStore } from './use-selection.ts'

type Attempt = {
  step: Step
  /** One per decision: pressed twice, it is done once. */
  key: string
  /** It was shown first what would happen. */
  isPreviewed: boolean
}

export type Phase =
  | { at: 'choosing' }
  | ({ at: 'preview' } & Attempt)
  | ({ at: 'sending' } & Attempt)
  | ({ at: 'refused'; error: unknown } & Attempt)
  | { at: 'left'; kind: BulkKind; outcome: Outcome }

type Bulk = {
  selection: SelectionStore
  filter: Record<string, unknown>
}

/** Up to so many that were selected one by one, what is done is seen at once, and taken back as quickly. */
const plainlySeen = 10

/** From "archive these" to "1,204 jobs archived": shows first what would happen if that is more than can be seen. */
export function useBulk({ selection, filter }: Bulk) {
  const [phase, setPhase] = useState<Phase>({ at: 'choosing' })
  const local = useLocal()
  const preview = useQuery({
    ...('key' in phase ? previewQuery(phase.key, phase.step) : previewQuery('', nothingChosen)),
    enabled: phase.at === 'preview',
  })

  // What was previewed, or left, is not what is selected now.
  const latest = useLatest(phase)
  useEffect(() => {
    const stop = selection.subscribe(() => {
      if (latest.current.at !== 'choosing' && latest.current.at !== 'sending') setPhase({ at: 'choosing' })
    })
    return () => void stop()
  }, [selection, latest])

  const choose = (change: Change) => {
    const step = { change, chosen: chosenIn(selection, filter) }
    const isPreviewed = !('ids' in step.chosen) || step.chosen.ids.length > plainlySeen
    const attempt = { step, key: crypto.randomUUID(), isPreviewed }
    if (isPreviewed) setPhase({ at: 'preview', ...attempt })
    else void run(attempt)
  }

  const run = async ({ step, key, isPreviewed }: Attempt) => {
    setPhase({ at: 'sending', step, key, isPreviewed })
    try {
      const sent = await send(step, { idempotencyKey: key })
      if (isTask(sent)) {
        watchTask(sent.task_id, step.change)
        finish(null, step)
      } else {
        finish(sent, step)
        offerUndo(step.change, sent, local)
      }
    } catch (error) {
      setPhase({ at: 'refused', step, key, isPreviewed, error })
    }
  }

  /** Those that were left stay selected, with the reason beside them. */
  const finish = (outcome: Outcome | null, step: Step) => {
    const left = new Set(outcome?.errors.flatMap(({ id }) => id ?? []))
    showInLists(step, left)
    selection.change({ ...selectOnly(selection.get(), left), isPicking: false })
    setPhase(outcome && outcome.failed > 0 ? { at: 'left', kind: step.change.kind, outcome } : { at: 'choosing' })
    void readEverythingAnew()
  }

  return {
    phase,
    preview,
    choose,
    confirm: () => {
      if (phase.at === 'preview' || phase.at === 'refused') void run(phase)
    },
    back: () => setPhase({ at: 'choosing' }),
  }
}

const nothingChosen: Step = { change: { kind: 'jobs', action: 'restore' }, chosen: { ids: [] } }

function chosenIn(selection: SelectionStore, filter: Record<string, unknown>): Chosen {
  const { isAll, ids } = selection.get()
  if (!isAll) return { ids: [...ids] }
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''))
  // Said only where nothing narrows the list, so that a condition that got lost is refused instead of meaning everything.
  return { filter: given, all: Object.keys(given).length === 0 }
}
