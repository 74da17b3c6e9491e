import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { useDockHeight } from '../../ui/dock.tsx'

export type RowsHandle = {
  /** Brings a row into view and the focus onto it. */
  reveal: (index: number, id: string) => void
  toTop: () => void
  /** The row that Tab would come to takes the focus, if nothing else has it, also if that row is about to change. */
  takeFocus: () => void
}

type VirtualRows = {
  ids: string[]
  /** Of the row at this index, in px; the same function while they are the same. */
  heightOf: (index: number) => number
  /** Height of what sticks to the top of the scroller. */
  headHeight: number
  hasMore: boolean
  loadMore: () => void
  /** Scrolled to when the list appears: the one that is open. */
  openId: string | undefined
  handle: RefObject<RowsHandle | null>
}

const waiting = 4
/** In ms: until then the rows have been read anew. */
const settled = 1_500
const readAhead = 30

/** The rows of a long list that are worth drawing, with those to come as skeletons under them. */
export function useVirtualRows({ ids, heightOf, headHeight, hasMore, loadMore, openId, handle }: VirtualRows) {
  const scroller = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef<string | null>(null)
  const takesFocusUntil = useRef(0)
  const dock = useDockHeight()
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here
  const virtualizer = useVirtualizer({
    count: ids.length + (hasMore ? waiting : 0),
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: dock,
  })
  useImperativeHandle(handle, () => ({
    reveal: (index, id) => {
      wantsFocus.current = id
      virtualizer.scrollToIndex(index, { align: 'auto' })
    },
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
    takeFocus: () => {
      takesFocusUntil.current = performance.now() + settled
      focusTabStop()
    },
  }))
  const focusTabStop = () => {
    if (document.activeElement !== document.body) return
    scroller.current?.querySelector<HTMLElement>('[data-row-link][tabindex="0"]')?.focus({ preventScroll: true })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer must hear of other heights
  useLayoutEffect(() => virtualizer.measure(), [heightOf, virtualizer])

  // The row may be drawn only once it has been scrolled to.
  useEffect(() => {
    if (wantsFocus.current === null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-id="${wantsFocus.current}"] [data-row-link]`)
    if (!link) return
    wantsFocus.current = null
    link.focus({ preventScroll: true })
  })
  useEffect(() => {
    if (performance.now() < takesFocusUntil.current) focusTabStop()
  })

  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || ids.length === 0) return
    opened.current = true
    const index = openId ? ids.indexOf(openId) : -1
    if (index > 0) virtualizer.scrollToIndex(index, { align: 'center' })
  }, [ids, openId, virtualizer])

  const rows = virtualizer.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= ids.length - readAhead) loadMore()
  }, [hasMore, last, ids.length, loadMore])

  return { scroller, rows, height: virtualizer.getTotalSize() }
}
