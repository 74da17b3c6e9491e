import { Button, CloseButton, Tooltip } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { BulkKind } from '../../../contract/bulk.ts'
import type { Total } from '../../../contract/fields.ts'
import { Docked } from '../../ui/dock.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { useLatest } from '../../ui/use-latest.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { keyScope } from './bar-parts.tsx'
import classes from './bulk.module.css'
import type { Change } from './change.ts'
import { LeftOut } from './left-out.tsx'
import { OfferAll } from './offer-all.tsx'
import { PreviewBar } from './preview-bar.tsx'
import { isEmpty, type Selection, shareOf } from './selection.ts'
import { useAnnounced } from './use-announced.ts'
import { useBulk } from './use-bulk.ts'
import { type SelectionStore, useSelected } from './use-selection.ts'
import { leftTitle } from './words.ts'

type BulkBarProps = {
  kind: BulkKind
  selection: SelectionStore
  /** The loaded rows, as they are shown. */
  ids: readonly string[]
  total: Total
  /** What the list is narrowed by, as the API takes it; without the sort. */
  filter: Record<string, unknown>
  /** Puts the focus back into the list: the bar that had it is gone. */
  onHidden?: () => void
  children: (choose: (change: Change) => void) => ReactNode
}

/** Floats over the list while something is selected: how many, what can be done with them, and what that would mean. */
export function BulkBar({ kind, selection, ids, total, filter, onHidden, children }: BulkBarProps) {
  const selected = useSelected(selection)
  const { locale } = useUserLocale()
  const isPhone = useIsPhone()
  const { phase, preview, choose, confirm, back } = useBulk({ selection, filter })
  const text = countText(kind, selected, total, locale)
  const isShown = selected.isPicking || !isEmpty(selected) || phase.at !== 'choosing'
  useAnnounced(isEmpty(selected) ? 'Nothing selected' : text)
  const isAsking = phase.at === 'preview' || phase.at === 'refused'
  const leave = () => {
    if (phase.at === 'sending') return
    back()
    if (!isAsking) selection.clear()
  }
  useKeys(keyScope, [{ keys: 'Escape', label: isAsking ? 'Back' : 'Select nothing', run: leave }], {
    enabled: isShown,
    layer: isAsking ? 'selection' : 'page',
  })
  const latest = useLatest(onHidden)
  useEffect(() => {
    if (isShown) return () => latest.current?.()
    return undefined
  }, [isShown, latest])
  const isSlow = useIsSlow(phase.at === 'preview')
  if (!isShown) return null
  const asks = phase.at === 'preview' && (preview.data !== undefined || preview.error !== null || isSlow)
  if (asks || phase.at === 'refused' || (phase.at === 'sending' && phase.isPreviewed)) {
    return (
      <Docked label="What would happen">
        <PreviewBar phase={phase} plan={preview.data} problem={preview.error} onConfirm={confirm} onBack={back} />
      </Docked>
    )
  }
  return (
    <Docked label="Selected">
      <div className={classes.bar} aria-busy={phase.at !== 'choosing' && phase.at !== 'left'}>
        {phase.at === 'left' && (
          <div className={classes.reasons}>
            {leftTitle(phase.outcome, { locale })}
            <LeftOut kind={phase.kind} errors={phase.outcome.errors} />
          </div>
        )}
        <OfferAll
          selection={selection}
          ids={ids}
          total={total}
          what={Object.values(filter).some((value) => value !== undefined) ? 'that match' : kind}
        />
        <div className={classes.line}>
          <span className={classes.count}>{text}</span>
          {isPhone && ids.length > 0 && shareOf(selected, ids) !== 'all' && (
            <Button variant="subtle" size="compact-md" onClick={selection.toggleLoaded}>
              Select all
            </Button>
          )}
          {!isEmpty(selected) && <span className={classes.actions}>{children(choose)}</span>}
          <Tooltip
            label={
              <>
                Select nothing <Keys keys="Escape" />
              </>
            }
          >
            <CloseButton aria-label="Select nothing" className={classes.close} onClick={leave} />
          </Tooltip>
        </div>
      </div>
    </Docked>
  )
}

function countText(kind: BulkKind, { ids, isAll }: Pick<Selection, 'ids' | 'isAll'>, total: Total, locale: string): string {
  if (!isAll) return ids.size === 0 ? `Tap the ${kind} you mean` : `${ids.size.toLocaleString(locale)} selected`
  const number = total.value.toLocaleString(locale)
  return total.relation === 'exact' ? `All ${number} selected` : `All that match selected, more than ${number}`
}

/** In ms: what comes sooner replaces the bar at once, without a word in between. */
const soon = 400

function useIsSlow(isWaiting: boolean): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setTimeout(() => setSlow(true), soon)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [isWaiting])
  return isSlow
}
