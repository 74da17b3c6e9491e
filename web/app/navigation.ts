import {
  IconBriefcase,
  IconCalendarCheck,
  IconDatabase,
  IconLayoutKanban,
  IconListCheck,
  IconSettings,
  IconTrash,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react'

export type Place = {
  to: '/' | '/jobs' | '/applications' | '/data' | '/profile' | '/settings' | '/trash' | '/data/bulk'
  label: string
  icon: TablerIcon
  keys?: string
}

/** Where one can go, in the order of the rail. */
export const mainPlaces: Place[] = [
  { to: '/', label: 'Today', icon: IconCalendarCheck, keys: 'g t' },
  { to: '/jobs', label: 'Jobs', icon: IconBriefcase, keys: 'g j' },
  { to: '/applications', label: 'Applications', icon: IconLayoutKanban, keys: 'g a' },
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
