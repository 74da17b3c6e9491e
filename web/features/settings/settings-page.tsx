import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { AccountSection } from '../account/account-section.tsx'
import { settingsQuery } from './api.ts'
import { PageLinks } from './page-links.tsx'
import { SettingsList } from './settings-list.tsx'

export function SettingsPage() {
  const { data: settings, error, refetch } = useQuery(settingsQuery)
  const [query, setQuery] = useState('')
  const box = useRef<HTMLInputElement>(null)
  useKeys('Settings', [{ keys: '/', label: 'Find a setting', run: () => box.current?.focus() }])
  return (
    <Page shape="reading">
      <PageHeader title="Settings">
        <TextInput
          ref={box}
          type="search"
          aria-label="Find a setting"
          placeholder="Find a setting"
          leftSection={<IconSearch size={16} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </PageHeader>
      <AccountSection query={query} />
      <PageLinks query={query} />
      {settings ? (
        <SettingsList settings={settings} query={query} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={9} height={64} />
      )}
    </Page>
  )
}
