import { type RefObject, useEffect, useRef } from 'react'
import { type Application, type ApplicationStatus, closedStatuses, openStatuses } from '../../../../contract/applications.ts'
import { useKeys } from '../../../ui/keys.ts'
import type { SelectionStore } from '../../bulk/use-selection.ts'
import type { Picking } from './board-context.ts'

const order: ApplicationStatus[] = [...openStatuses, ...closedStatuses]

type BoardKeys = {
  board: RefObject<HTMLElement | null>
  find: (id: string) => Application | undefined
  move: (application: Application, to: ApplicationStatus) => void
  setPicking: (picking: Picking) => void
  onOpen: (id: string) => void
  /** The panel is open: it follows from card to card. */
  isOpen: boolean
  selection: SelectionStore
}

export const cardsIn = (column: Element | null | undefined) => [...(column?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]

/** Arrows and j k h l walk from card to card, shift and an arrow takes the card along. */
export function useBoardKeys({ board, find, move, setPicking, onOpen, isOpen, selection }: BoardKeys) {
  const latest = useRef<string | null>(null)

  const current = () => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-card]')
    return focused ?? board.current?.querySelector<HTMLElement>(`[data-card="${latest.current}"]`) ?? null
  }
  const focusCard = (card: HTMLElement | undefined) => {
    card?.querySelector('a')?.focus()
    if (card?.dataset['card'] && isOpen) onOpen(card.dataset['card'])
  }
  const walk = (rows: number, columns: number) => {
    const from = current()
    if (!from) return focusCard(cardsIn(board.current)[0])
    const column = from.closest('[data-column]')
    const row = cardsIn(column).indexOf(from)
    if (rows !== 0) return focusCard(cardsIn(column)[row + rows])
    const filled = [...(board.current?.querySelectorAll('[data-column]') ?? [])].filter((one) => one === column || cardsIn(one).length > 0)
    const there = cardsIn(filled[filled.indexOf(column as Element) + columns])
    focusCard(there[Math.min(row, there.length - 1)])
  }
  const selectCurrent = (act: (id: string) => void) => () => {
    const id = current()?.dataset['card']
    if (id) act(id)
  }
  const walkSelecting = (rows: number) => () => {
    const from = current()?.dataset['card'] ?? null
    walk(rows, 0)
    selectCurrent((to) => selection.walk(from, to))()
  }
  const withCurrent = (act: (application: Application) => void) => () => {
    const application = find(current()?.dataset['card'] ?? '')
    if (application) act(application)
  }
  const carry = (step: number) =>
    withCurrent((application) => {
      const to = order[order.indexOf(application.status) + step]
      if (to) move(application, to)
    })

  useKeys('Board', [
    { keys: 'j', label: 'Next card', run: () => walk(1, 0) },
    { keys: 'k', label: 'Card before', run: () => walk(-1, 0) },
    { keys: 'h', label: 'Column to the left', run: () => walk(0, -1) },
    { keys: 'l', label: 'Column to the right', run: () => walk(0, 1) },
    { keys: 'ArrowDown', label: 'Next card', run: () => walk(1, 0), hidden: true },
    { keys: 'ArrowUp', label: 'Card before', run: () => walk(-1, 0), hidden: true },
    { keys: 'ArrowLeft', label: 'Column to the left', run: () => walk(0, -1), hidden: true },
    { keys: 'ArrowRight', label: 'Column to the right', run: () => walk(0, 1), hidden: true },
    { keys: 'shift+ArrowRight', label: 'Move the card on', run: carry(1) },
    { keys: 'shift+ArrowLeft', label: 'Move the card back', run: carry(-1) },
    { keys: 'x', label: 'Select the card, or not', run: selectCurrent(selection.toggle) },
    { keys: 'shift+x', label: 'Select up to this card', run: selectCurrent(selection.extend) },
    { keys: 'shift+j', label: 'Select the next card as well', run: walkSelecting(1) },
    { keys: 'shift+k', label: 'Select the card before as well', run: walkSelecting(-1) },
    { keys: 's', label: 'Choose the status', run: withCurrent(({ id }) => setPicking({ id, what: 'status' })) },
    { keys: 'f', label: 'Follow up', run: withCurrent(({ id }) => setPicking({ id, what: 'follow_up' })) },
    {
      keys: 'a',
      label: 'Applied',
      run: withCurrent((application) => {
        if (application.status === 'interested') move(application, 'applied')
      }),
    },
    { keys: 'e', label: 'Open to edit', run: withCurrent(({ id }) => onOpen(id)) },
  ])
  // Where the focus was last, so that the keys go on from there after a menu or the panel had it.
  useEffect(() => {
    const element = board.current
    const note = ({ target }: FocusEvent) => {
      const card = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null
      if (card) latest.current = card.dataset['card'] ?? null
    }
    element?.addEventListener('focusin', note)
    return () => element?.removeEventListener('focusin', note)
  }, [board])
}
