import { createContext, useContext } from 'react'
import type { Application, ApplicationStatus } from '../../../../contract/applications.ts'
import type { SelectionStore } from '../../bulk/use-selection.ts'

export type Picking = { id: string; what: 'status' | 'follow_up' } | null

export type BoardActions = {
  move: (application: Application, to: ApplicationStatus) => void
  picking: Picking
  setPicking: (picking: Picking) => void
  selection: SelectionStore
  /** Whether a card that has just come to stand in its column is the one that was carried there by key. */
  takesFocus: (id: string) => boolean
}

const Context = createContext<BoardActions | null>(null)
export const BoardProvider = Context.Provider

export function useBoard(): BoardActions {
  const board = useContext(Context)
  if (!board) throw new Error('A card stands on a board')
  return board
}
