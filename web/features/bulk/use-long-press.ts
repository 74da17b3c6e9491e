import { type PointerEvent, useCallback, useEffect, useRef } from 'react'

const time = 450
/** In px: a finger that moves further scrolls. */
const still = 10

/** A finger that rests on an element with `data-id` selects it. Spread over the list that holds them. */
export function useLongPress(onPress: (id: string) => void) {
  const pressed = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null)
  const took = useRef(false)
  const stop = useCallback(() => {
    if (pressed.current) clearTimeout(pressed.current.timer)
    pressed.current = null
  }, [])
  useEffect(() => stop, [stop])
  return {
    onPointerDown: (event: PointerEvent) => {
      took.current = false
      const id = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined
      if (event.pointerType === 'mouse' || id === undefined) return
      const { clientX: x, clientY: y } = event
      const timer = setTimeout(() => {
        took.current = true
        navigator.vibrate?.(10)
        onPress(id)
      }, time)
      pressed.current = { x, y, timer }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (pressed.current && Math.hypot(clientX - pressed.current.x, clientY - pressed.current.y) > still) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    // The browser's own menu of a link would lie over what was just selected.
    onContextMenu: (event: { preventDefault: () => void }) => {
      if (pressed.current || took.current) event.preventDefault()
    },
    /** The finger goes up where it selected: that is not a tap. */
    onClickCapture: (event: { preventDefault: () => void; stopPropagation: () => void }) => {
      if (!took.current) return
      took.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
