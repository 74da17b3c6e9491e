import { announce } from '../../ui/announce.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { isTask, type Outcome, readEverythingAnew, takeBack } from './api.ts'
import { tell, watchTask } from './background.ts'
import type { Said } from './change.ts'
import { type Local, leftTitle, report } from './words.ts'

/** Says what was done, for ten seconds with the way back. */
export function offerUndo(said: Said, outcome: Outcome, local: Local, before = '') {
  const message = `${before}${report(said, outcome, local)}`
  if (outcome.undoTokens.length > 0) showUndo({ message, undo: () => undoAll(said.kind, outcome.undoTokens, local) })
  else announce(message)
}

/** The last that was done is the first to be taken back. */
export async function undoAll(kind: Said['kind'], undoTokens: readonly string[], local: Local) {
  try {
    for (const token of undoTokens.toReversed()) {
      const sent = await takeBack(token)
      if (isTask(sent)) watchTask(sent.task_id, { kind, action: 'undo' })
      else if (sent.failed > 0) tell({ title: leftTitle(sent, local), kind, errors: sent.errors })
    }
  } finally {
    await readEverythingAnew()
  }
}
