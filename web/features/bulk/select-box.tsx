import type { MouseEvent } from 'react'
import classes from './select-box.module.css'
import { type SelectionStore, useIsSelected, useShare } from './use-selection.ts'

type SelectBoxProps = {
  selection: SelectionStore
  id: string
  /** Of the record, for who cannot see the row. */
  name: string
  /** Puts the cursor here. */
  onPoint?: (id: string) => void
  /** Of all the boxes, Tab comes to one. */
  isTabStop?: boolean
}

// A press knows about shift, a change does not.
const ignore = () => {}

/** The gutter of a row: pressed anywhere it selects, with shift it selects a range. Fills what it stands in. */
export function SelectBox({ selection, id, name, onPoint, isTabStop = true }: SelectBoxProps) {
  const isSelected = useIsSelected(selection, id)
  const press = (event: MouseEvent) => {
    event.stopPropagation()
    onPoint?.(id)
    if (event.shiftKey) selection.extend(id)
    else selection.toggle(id)
  }
  return (
    <input
      type="checkbox"
      className={classes.box}
      checked={isSelected}
      onChange={ignore}
      onClick={press}
      onMouseDown={keepText}
      aria-label={`Select ${name}`}
      tabIndex={isTabStop ? 0 : -1}
      data-select-box
    />
  )
}

/** Shift and a press would mark the text up to here. */
export const keepText = (event: MouseEvent) => {
  if (event.shiftKey) event.preventDefault()
}

type SelectLoadedProps = { selection: SelectionStore; ids: readonly string[] }

/** The header's box: all that is loaded. */
export function SelectLoaded({ selection, ids }: SelectLoadedProps) {
  const share = useShare(selection, ids)
  return (
    <input
      type="checkbox"
      className={classes.box}
      ref={(box) => {
        if (box) box.indeterminate = share === 'some'
      }}
      checked={share === 'all'}
      onChange={selection.toggleLoaded}
      aria-label="Select all that is loaded"
    />
  )
}
