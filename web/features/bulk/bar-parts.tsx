import { Menu, Popover, Tooltip, UnstyledButton } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import { type ReactNode, type Ref, useState } from 'react'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { closesOn } from '../../ui/opened-by-key.ts'
import classes from './bulk.module.css'

/** The heading of these keys in the map. */
export const keyScope = 'What is selected'

type BarButtonProps = {
  icon: TablerIcon
  label: string
  keys: string
  isDanger?: boolean
  onClick?: () => void
  ref?: Ref<HTMLButtonElement>
}

/** An action of the bar; its key is taken by whoever renders it. */
export function BarButton({ icon: Icon, label, keys, isDanger = false, ...button }: BarButtonProps) {
  return (
    <Tooltip
      label={
        <>
          {label} <Keys keys={keys} />
        </>
      }
    >
      <UnstyledButton {...button} className={classes.action} data-danger={isDanger || undefined}>
        <Icon size={18} stroke={1.5} aria-hidden />
        {label}
      </UnstyledButton>
    </Tooltip>
  )
}

/** An action that needs nothing more. */
export function BarAction({ onClick, keyLabel, ...button }: Omit<BarButtonProps, 'ref'> & { onClick: () => void; keyLabel: string }) {
  useKeys(keyScope, [{ keys: button.keys, label: keyLabel, run: onClick }], { layer: 'selection' })
  return <BarButton onClick={onClick} {...button} />
}

type OpensProps = Omit<BarButtonProps, 'ref' | 'onClick' | 'isDanger'> & { keyLabel: string }

/** An action with one of a few values: `Status`. */
export function BarMenu({ keyLabel, children, ...button }: OpensProps & { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  useKeys(keyScope, [{ keys: button.keys, label: keyLabel, run: () => setOpen(true) }], { layer: 'selection' })
  return (
    <Menu opened={isOpen} onChange={setOpen} position="top" width={200} clickOutsideEvents={closesOn}>
      <Menu.Target>
        <BarButton {...button} />
      </Menu.Target>
      {isOpen && <Menu.Dropdown aria-label={button.label}>{children}</Menu.Dropdown>}
    </Menu>
  )
}

/** An action with a small form. */
export function BarPopover({ keyLabel, children, ...button }: OpensProps & { children: (close: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  useKeys(keyScope, [{ keys: button.keys, label: keyLabel, run: () => setOpen(true) }], { layer: 'selection' })
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top" width={300} trapFocus returnFocus clickOutsideEvents={closesOn}>
      <Popover.Target>
        <BarButton {...button} onClick={() => setOpen(!isOpen)} />
      </Popover.Target>
      {isOpen && (
        <Popover.Dropdown aria-modal aria-labelledby={undefined} aria-label={button.label} p={16}>
          {children(() => setOpen(false))}
        </Popover.Dropdown>
      )}
    </Popover>
  )
}
