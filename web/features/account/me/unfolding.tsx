import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from '../account.module.css'

type UnfoldingProps = {
  label: string
  /** What it is now. */
  now: ReactNode
  button: string
  isOpen: boolean
  onToggle: () => void
  children: ReactNode
}

/** A line of what is, and below it, when asked for, the form that changes it. */
export function Unfolding({ label, now, button, isOpen, onToggle, children }: UnfoldingProps) {
  const id = useId()
  return (
    <div className={classes.row}>
      <div>
        <div className={classes.label}>{label}</div>
        <div className="dimmed">{now}</div>
      </div>
      <Button variant="default" onClick={onToggle} aria-expanded={isOpen} aria-controls={id}>
        {isOpen ? 'Leave it' : button}
      </Button>
      <div id={id} hidden={!isOpen} style={{ gridColumn: '1 / -1', paddingBottom: 8 }}>
        {isOpen && children}
      </div>
    </div>
  )
}
