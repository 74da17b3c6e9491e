import { CloseButton } from '@mantine/core'
import { IconAlarmSnooze, IconCircleCheck, IconMail, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Notification } from '../../../contract/notifications.ts'
import { Docked } from '../../ui/dock.tsx'
import { useKeys } from '../../ui/keys.ts'
import { notifyProblem } from '../../ui/notify.tsx'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { BarAction, BarButton, keyScope } from '../bulk/bar-parts.tsx'
import bar from '../bulk/bulk.module.css'
import { OfferAll } from '../bulk/offer-all.tsx'
import { isEmpty } from '../bulk/selection.ts'
import { useAnnounced } from '../bulk/use-announced.ts'
import { type SelectionStore, useSelected } from '../bulk/use-selection.ts'
import { readAllOf } from './api.ts'
import { type InboxSearch, viewOf } from './search.ts'
import { SnoozeMenu } from './snooze-menu.tsx'
import { useInboxActions } from './use-inbox-actions.ts'

type InboxBarProps = {
  items: readonly Notification[]
  ids: readonly string[]
  total: number
  search: InboxSearch
  selection: SelectionStore
}

/** What is selected is marked, put away or deleted together. */
export function InboxBar({ items, ids, total, search, selection }: InboxBarProps) {
  const selected = useSelected(selection)
  const { locale } = useUserLocale()
  const acts = useInboxActions()
  const [isSnoozing, setSnoozing] = useState(false)
  const count = selected.isAll ? total : selected.ids.size
  const text = selected.isAll ? `All ${count.toLocaleString(locale)} selected` : `${count.toLocaleString(locale)} selected`
  useAnnounced(isEmpty(selected) ? 'Nothing selected' : text)
  useKeys(keyScope, [{ keys: 'Escape', label: 'Select nothing', run: selection.clear }], { enabled: !isEmpty(selected) })
  // Each is put away by a request of its own.
  const canSnooze = !selected.isAll && count <= 100 && viewOf(search) !== 'snoozed'
  useKeys(keyScope, [{ keys: 's', label: 'Put them away until later', run: () => setSnoozing(true) }], {
    enabled: !isEmpty(selected) && canSnooze,
    layer: 'selection',
  })
  if (isEmpty(selected)) return null

  const withThem = (act: (items: readonly Notification[]) => unknown) => async () => {
    try {
      act(selected.isAll ? await readAllOf(search) : items.filter(({ id }) => selected.ids.has(id)))
      selection.clear()
    } catch (error) {
      notifyProblem('Nothing was changed', error)
    }
  }
  return (
    <Docked label="Selected">
      <div className={bar.bar}>
        <OfferAll selection={selection} ids={ids} total={{ value: total, relation: 'exact' }} what="in the list" />
        <div className={bar.line}>
          <span className={bar.count}>{text}</span>
          <span className={bar.actions}>
            <BarAction
              icon={IconCircleCheck}
              label="Read"
              keys="e"
              keyLabel="Mark them as read"
              onClick={() => void withThem((all) => acts.read(all, true))()}
            />
            <BarAction
              icon={IconMail}
              label="Unread"
              keys="shift+u"
              keyLabel="Mark them as unread"
              onClick={() => void withThem((all) => acts.read(all, false))()}
            />
            {canSnooze && (
              <SnoozeMenu
                opened={isSnoozing}
                onChange={setSnoozing}
                position="top"
                onPick={(until) => void withThem((all) => acts.snooze(all, until))()}
              >
                <BarButton icon={IconAlarmSnooze} label="Put away" keys="s" onClick={() => setSnoozing(!isSnoozing)} />
              </SnoozeMenu>
            )}
            <BarAction
              icon={IconTrash}
              label="Delete"
              keys="#"
              keyLabel="Delete them"
              isDanger
              onClick={() => void withThem(acts.remove)()}
            />
          </span>
          <CloseButton aria-label="Select nothing" className={bar.close} onClick={selection.clear} />
        </div>
      </div>
    </Docked>
  )
}
