import { createContext, useContext } from 'react'
import type { Application, ApplicationStatus } from '../../../../contract/applications.ts'

export type Picking = { id: string; what: 'status' | 'follow_up' } | null

type BoardActions = {
  move: (application: Application, to: ApplicationStatus) => void
  picking: Picking
  setPicking: (picking: Picking) => void
  /** The card that takes the focus as soon as it stands in its new column. */
  focusNext: { current: string | null }
}

const Context = createContext<BoardActions | null>(null)
export const BoardProvider = Context.Provider

export function useBoard(): BoardActions {
  const board = useContext(Context)
  if (!board) throw new Error('A card stands on a board')
  return board
}
