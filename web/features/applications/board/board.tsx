import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Application, type ApplicationStatus, closedStatuses, openStatuses } from '../../../../contract/applications.ts'
import { useStored } from '../../../ui/stored.ts'
import { useLatest } from '../../../ui/use-latest.ts'
import { BulkBar } from '../../bulk/bulk-bar.tsx'
import { useSelectionOnScreen } from '../../bulk/use-selection.ts'
import { keys, pagesOf } from '../api.ts'
import { ApplicationBulkActions } from '../bulk-actions.tsx'
import type { ListQuery } from '../search.ts'
import { useMove } from '../use-move.ts'
import classes from './board.module.css'
import { BoardColumn } from './board-column.tsx'
import { type BoardActions, BoardProvider, type Picking } from './board-context.ts'
import { FinishedRail } from './finished-rail.tsx'
import { cardsIn, useBoardKeys } from './use-board-keys.ts'

// What is loaded stands in columns: the table is for all that match.
const none: readonly string[] = []
const noTotal = { value: 0, relation: 'exact' } as const

const closed: readonly ApplicationStatus[] = closedStatuses

type BoardProps = {
  query: ListQuery
  counts: Record<ApplicationStatus, number> | undefined
  openId: string | undefined
}

/** One column per status. Finished ones are folded until they are asked for, by a click or by the filter. */
export function Board({ query, counts, openId }: BoardProps) {
  const { status: wanted, ...rest } = query
  const [unfolded, setUnfolded] = useStored<ApplicationStatus[]>('board-unfolded', [])
  const [picking, setPicking] = useState<Picking>(null)
  const focusNext = useRef<string | null>(null)
  const board = useRef<HTMLDivElement>(null)
  const caches = useQueryClient()
  const navigate = useNavigate({ from: '/applications/' })
  const write = useMove()

  // The panel takes its room from the board: the card it shows must not slide out of sight.
  useEffect(() => {
    if (!board.current) return
    const keepInSight = () => board.current?.querySelector('[data-open]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const observer = new ResizeObserver(keepInSight)
    observer.observe(board.current)
    return () => observer.disconnect()
  }, [])

  const finished = closed.filter((status) => (wanted ? wanted.includes(status) : unfolded.includes(status)))
  const open = openStatuses.filter((status) => !wanted || wanted.includes(status))
  const folded = closed.filter((status) => !finished.includes(status))

  const move = async (application: Application, to: ApplicationStatus) => {
    if (document.activeElement?.closest('[data-card]')) focusNext.current = application.id
    const moved = await write(application, to)
    if (!moved) focusNext.current = null
  }
  const find = (id: string) =>
    caches
      .getQueriesData({ queryKey: keys.lists })
      .flatMap(([, data]) => pagesOf(data).flatMap((page) => page.items))
      .find((application) => application.id === id)
  const onOpen = (id: string) =>
    void navigate({ search: (old) => ({ ...old, open: id }), resetScroll: false, replace: openId !== undefined })

  const selection = useSelectionOnScreen(() => cardsIn(board.current).map((card) => card.dataset['card'] ?? ''), JSON.stringify(query))
  useBoardKeys({ board, find, move, setPicking, onOpen, isOpen: openId !== undefined, selection })

  const latestMove = useLatest(move)
  const actions = useMemo<BoardActions>(
    () => ({
      move: (...args) => void latestMove.current(...args),
      picking,
      setPicking,
      selection,
      takesFocus: (id) => {
        const isIt = focusNext.current === id
        if (isIt) focusNext.current = null
        return isIt
      },
    }),
    [picking, selection, latestMove],
  )
  return (
    <BoardProvider value={actions}>
      <div ref={board} className={classes.board} data-beside={openId !== undefined || undefined}>
        {[...open, ...finished].map((status) => (
          <BoardColumn
            key={status}
            status={status}
            query={rest}
            count={counts?.[status]}
            openId={openId}
            {...(finished.includes(status) && !wanted
              ? { onFold: () => setUnfolded((before) => before.filter((one) => one !== status)) }
              : {})}
          />
        ))}
        {folded.length > 0 && !wanted && (
          <FinishedRail statuses={folded} counts={counts} onUnfold={(status) => setUnfolded((before) => [...before, status])} />
        )}
      </div>
      <BulkBar kind="applications" selection={selection} ids={none} total={noTotal} filter={{}}>
        {(choose) => <ApplicationBulkActions choose={choose} />}
      </BulkBar>
    </BoardProvider>
  )
}
