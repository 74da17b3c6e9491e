import { type ReactNode, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import classes from './dock.module.css'

const slotId = 'dock'

let height = 0
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** In px, with the space around it; 0 while nothing floats. A virtual list keeps the row under the cursor above it. */
export const useDockHeight = () => useSyncExternalStore(subscribe, () => height)

function setHeight(next: number) {
  if (next === height) return
  height = next
  // What scrolls leaves so much room under its last row, and toasts stand above it.
  document.documentElement.style.setProperty('--dock', `${next}px`)
  for (const listener of listeners) listener()
}

/** The place at the bottom of every page where bars float. Stands in the layout once. */
export function DockSlot() {
  const slot = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = slot.current
    if (!element) return
    const measure = () => setHeight(element.childElementCount === 0 ? 0 : Math.round(element.getBoundingClientRect().height))
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      observer.disconnect()
      setHeight(0)
    }
  }, [])
  return (
    <div className={classes.place}>
      <div ref={slot} id={slotId} className={classes.slot} />
    </div>
  )
}

type DockedProps = { label: string; children: ReactNode }

/** A bar at the bottom of the page that it belongs to; several stand above each other. */
export function Docked({ label, children }: DockedProps) {
  const slot = document.getElementById(slotId)
  return (
    slot &&
    createPortal(
      <section className={classes.bar} aria-label={label}>
        {children}
      </section>,
      slot,
    )
  )
}
