import { ActionIcon, Drawer, Title, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowsMaximize, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import classes from './detail-panel.module.css'
import { useKeys } from './keys.ts'
import { Keys } from './keys-shown.tsx'
import { usePageTitle } from './page-title.ts'
import { PanelEdge } from './panel-edge.tsx'
import { panelSlotId, panelWidths } from './panel-widths.ts'
import { useStored } from './stored.ts'

type DetailPanelProps = {
  title: string
  /** Beside the title: badges, buttons. */
  actions?: ReactNode
  /** Goes back to the page's own address. */
  onClose: () => void
  /** Goes to the record's full page, if it has one. */
  onOpenFull?: () => void
  children: ReactNode
}

/** The right side of a page that shows one of its records under an address of its own; on a phone a sheet. Render it from the child route. */
export function DetailPanel(props: DetailPanelProps) {
  usePageTitle(props.title)
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  useKeys(
    props.title,
    [
      { keys: 'Escape', label: 'Close', run: props.onClose, whileTyping: true },
      ...(props.onOpenFull ? [{ keys: 'o', label: 'Open as a full page', run: props.onOpenFull }] : []),
    ],
    { layer: 'panel' },
  )
  if (isPhone) {
    return (
      <Drawer opened onClose={props.onClose} position="bottom" size="92%" title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
        {props.actions && <div className={classes.sheetActions}>{props.actions}</div>}
        {props.children}
      </Drawer>
    )
  }
  const slot = document.getElementById(panelSlotId)
  return slot && createPortal(<SidePanel {...props} />, slot)
}

function SidePanel({ title, actions, onClose, onOpenFull, children }: DetailPanelProps) {
  const [width, setWidth] = useStored<number>('panel-width', panelWidths.usual)
  const panel = useRef<HTMLElement>(null)
  useReturnOfFocus(panel)
  return (
    <aside ref={panel} className={classes.panel} style={{ width }} aria-label={title}>
      <PanelEdge width={width} onChange={setWidth} />
      <div className={classes.head}>
        <Title order={2} className={classes.title}>
          {title}
        </Title>
        {actions}
        {onOpenFull && (
          <Tooltip
            label={
              <>
                Full page <Keys keys="o" />
              </>
            }
          >
            <ActionIcon variant="subtle" color="gray" onClick={onOpenFull} aria-label="Open as a full page">
              <IconArrowsMaximize size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip
          label={
            <>
              Close <Keys keys="Escape" />
            </>
          }
        >
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close">
            <IconX size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}

/** The focus stays in the list, so that `j` and `k` go on; if it was in the panel when that closed, it goes back. */
function useReturnOfFocus(panel: { current: HTMLElement | null }) {
  useEffect(() => {
    const before = document.activeElement
    const own = panel.current
    return () => {
      if (own?.contains(document.activeElement) && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [panel])
}
