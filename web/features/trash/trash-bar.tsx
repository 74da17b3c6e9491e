import { CloseButton } from '@mantine/core'
import { IconRestore, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Docked } from '../../ui/dock.tsx'
import { useKeys } from '../../ui/keys.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { BarAction, keyScope } from '../bulk/bar-parts.tsx'
import bar from '../bulk/bulk.module.css'
import { OfferAll } from '../bulk/offer-all.tsx'
import { isEmpty } from '../bulk/selection.ts'
import { useAnnounced } from '../bulk/use-announced.ts'
import { type SelectionStore, useSelected } from '../bulk/use-selection.ts'
import type { Trashed } from './api.ts'
import { DeleteManyForGood } from './delete-many-for-good.tsx'
import { stepsFor, useMany } from './use-many.ts'

type TrashBarProps = { items: Trashed[]; ids: readonly string[]; total: number; selection: SelectionStore }

/** What is selected in the trash comes back, or goes for good. */
export function TrashBar({ items, ids, total, selection }: TrashBarProps) {
  const selected = useSelected(selection)
  const { locale } = useUserLocale()
  const many = useMany()
  const [isDeleting, setDeleting] = useState(false)
  const text = selected.isAll ? `All ${total.toLocaleString(locale)} selected` : `${selected.ids.size.toLocaleString(locale)} selected`
  useAnnounced(isEmpty(selected) ? 'Nothing selected' : text)
  useKeys(keyScope, [{ keys: 'Escape', label: 'Select nothing', run: selection.clear }], { enabled: !isEmpty(selected) })
  if (isEmpty(selected)) return null

  const restore = async () => {
    try {
      await many(stepsFor(selected, items, 'restore'), crypto.randomUUID())
      selection.clear()
    } catch (error) {
      notifyProblem('They were not restored', error)
    }
  }
  return (
    <>
      <Docked label="Selected">
        <div className={bar.bar}>
          <OfferAll selection={selection} ids={ids} total={{ value: total, relation: 'exact' }} what="in the trash" />
          <div className={bar.line}>
            <span className={bar.count}>{text}</span>
            <span className={bar.actions}>
              <BarAction icon={IconRestore} label="Restore" keys="r" keyLabel="Restore them" onClick={() => void restore()} />
              <BarAction
                icon={IconTrash}
                label="Delete for good"
                keys="Delete"
                keyLabel="Delete them for good"
                isDanger
                onClick={() => setDeleting(true)}
              />
            </span>
            <CloseButton aria-label="Select nothing" className={bar.close} onClick={selection.clear} />
          </div>
        </div>
      </Docked>
      {isDeleting && (
        <DeleteManyForGood
          steps={stepsFor(selected, items, 'delete')}
          onDelete={async (steps, key) => {
            await many(steps, key)
            selection.clear()
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
