import { useMantineColorScheme } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { defaultSettings, type Settings, type SettingsChanges } from '../../../contract/settings.ts'
import { client } from '../../api/client.ts'
import { useOptimistic } from '../../api/optimistic.ts'

const key = ['settings'] as const

export const settingsQuery = queryOptions({
  queryKey: key,
  queryFn: ({ signal }) => client.settings.get({ signal }),
  staleTime: 5 * 60_000,
})

/** The settings, or the defaults until they are here. */
export const useSettings = (): Settings => useQuery(settingsQuery).data ?? defaultSettings

/** Shown at once; a field that saves with it shows its own error. */
export function useChangeSettings() {
  return useOptimistic<SettingsChanges, Settings>({
    mutate: (changes) => client.settings.update({ body: changes }),
    patches: (changes) => [{ key, update: (settings) => ({ ...(settings as Settings), ...changes }) }],
    written: (settings, _changes, caches) => caches.setQueryData(key, settings),
    failed: null,
  })
}

export function useThemeOfSettings() {
  const { data: settings } = useQuery(settingsQuery)
  const { setColorScheme } = useMantineColorScheme()
  const theme = settings?.theme
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme)
  }, [theme, setColorScheme])
}

/** Nobody has to be asked for a time zone that the browser knows. */
export function useFirstVisit() {
  const { data: settings } = useQuery(settingsQuery)
  const { mutate } = useChangeSettings()
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current || settings?.updated_at !== null) return
    isDone.current = true
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    // The words are English: a date in another language would stand out among them.
    mutate({ timezone: timeZone, ...(/^en-[A-Z]{2}$/.test(navigator.language) ? { locale: navigator.language } : {}) })
  }, [settings, mutate])
}
