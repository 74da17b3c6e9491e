import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import classes from './detail-panel.module.css'
import { panelWidths } from './panel-widths.ts'

type PanelEdgeProps = { width: number; onChange: (width: number) => void }

const within = (width: number) => Math.round(Math.min(panelWidths.max, Math.max(panelWidths.min, width)))

/** The left edge of the panel: dragged, or moved with the arrow keys. */
export function PanelEdge({ width, onChange }: PanelEdgeProps) {
  const [start, setStart] = useState<{ x: number; width: number } | null>(null)

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    setStart({ x: event.clientX, width })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? 20 : event.key === 'ArrowRight' ? -20 : 0
    if (step === 0) return
    event.preventDefault()
    onChange(within(width + step))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      className={classes.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={panelWidths.min}
      aria-valuemax={panelWidths.max}
      data-dragging={start !== null || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => start && onChange(within(start.width + start.x - event.clientX))}
      onPointerUp={() => setStart(null)}
      onLostPointerCapture={() => setStart(null)}
      onKeyDown={onKeyDown}
    />
  )
}
