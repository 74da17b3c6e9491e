import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { queryClient } from '../api/query-client.ts'
import { useFirstVisit, useSettings, useThemeOfSettings } from '../features/settings/api.ts'
import { UserLocaleProvider } from '../ui/user-locale.tsx'
import { theme, variables } from './theme.ts'

export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <FromSettings>{children}</FromSettings>
        <Notifications position="bottom-center" containerWidth={400} limit={3} transitionDuration={150} />
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Of the pages before one is in: nothing there is somebody's. */
export function DoorProviders({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </MantineProvider>
  )
}

/** What the settings decide for every page: theme, time zone, first day of the week. */
function FromSettings({ children }: { children: ReactNode }) {
  const settings = useSettings()
  useThemeOfSettings()
  useFirstVisit()
  return (
    <UserLocaleProvider value={{ timezone: settings.timezone, locale: settings.locale, weekStartsOn: settings.week_starts_on }}>
      {children}
    </UserLocaleProvider>
  )
}
