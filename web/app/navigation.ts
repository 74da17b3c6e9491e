import {
  IconBriefcase,
  IconCalendarCheck,
  IconDatabase,
  IconInbox,
  IconLayoutKanban,
  IconListCheck,
  IconSettings,
  IconTrash,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react'

export type Place = {
  to: '/' | '/jobs' | '/applications' | '/inbox' | '/data' | '/profile' | '/settings' | '/trash' | '/data/bulk'
  label: string
  icon: TablerIcon
  keys?: string
  /** Under the thumb on a phone; the others are behind "More". */
  isTab?: boolean
}

/** Where one can go, in the order of the rail. */
export const mainPlaces: Place[] = [
  { to: '/', label: 'Today', icon: IconCalendarCheck, keys: 'g t', isTab: true },
  { to: '/jobs', label: 'Jobs', icon: IconBriefcase, keys: 'g j', isTab: true },
  { to: '/applications', label: 'Applications', icon: IconLayoutKanban, keys: 'g a', isTab: true },
  { to: '/inbox', label: 'Inbox', icon: IconInbox, keys: 'g i', isTab: true },
  { to: '/data', label: 'Data', icon: IconDatabase, keys: 'g d' },
]

export const morePlaces: Place[] = [
  { to: '/profile', label: 'Profile', icon: IconUser, keys: 'g p' },
  { to: '/settings', label: 'Settings', icon: IconSettings, keys: 'g s' },
  { to: '/trash', label: 'Trash', icon: IconTrash },
]

/** Reached from another page, the palette or by their keys. */
const innerPlaces: Place[] = [{ to: '/data/bulk', label: 'Bulk changes', icon: IconListCheck, keys: 'g b' }]

export const places = [...mainPlaces, ...morePlaces, ...innerPlaces]
