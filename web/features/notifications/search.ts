import { notifications } from '../../../contract/notifications.ts'
import { searchOf } from '../../ui/search-params.ts'

const { read, type, snoozed } = notifications.list.query.shape

/** The filters of the inbox, as they stand in the address. */
export const readInboxSearch = searchOf({ read, type, snoozed })
export type InboxSearch = ReturnType<typeof readInboxSearch>

export type InboxView = 'all' | 'unread' | 'snoozed'
export const viewOf = ({ read, snoozed }: InboxSearch): InboxView => (snoozed === 'only' ? 'snoozed' : read === false ? 'unread' : 'all')
export const searchOfView = (view: InboxView): InboxSearch => ({
  read: view === 'unread' ? false : undefined,
  snoozed: view === 'snoozed' ? 'only' : undefined,
})
