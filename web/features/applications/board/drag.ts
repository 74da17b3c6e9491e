import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useState } from 'react'
import type { Application, ApplicationStatus } from '../../../../contract/applications.ts'
import { useLatest } from '../../../ui/use-latest.ts'

const kind = 'application'
type Dragged = { kind: typeof kind; application: Application }
const isDragged = (data: Record<string, unknown>): data is Dragged => data['kind'] === kind

export function useDraggable(ref: RefObject<HTMLElement | null>, application: Application): boolean {
  const [isDragging, setDragging] = useState(false)
  const latest = useLatest(application)
  useEffect(() => {
    if (!ref.current) return
    return draggable({
      element: ref.current,
      getInitialData: (): Dragged => ({ kind, application: latest.current }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [ref, latest])
  return isDragging
}

/** Takes applications that stand elsewhere; true while one is held over it. */
export function useDropTarget(
  ref: RefObject<HTMLElement | null>,
  status: ApplicationStatus,
  onDrop: (application: Application, to: ApplicationStatus) => void,
): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useLatest(onDrop)
  useEffect(() => {
    if (!ref.current) return
    return dropTargetForElements({
      element: ref.current,
      canDrop: ({ source }) => isDragged(source.data) && source.data.application.status !== status,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        if (isDragged(source.data)) latest.current(source.data.application, status)
      },
    })
  }, [ref, status, latest])
  return isOver
}
