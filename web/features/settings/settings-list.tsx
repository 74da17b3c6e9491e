import { Text, Title } from '@mantine/core'
import type { Settings, SettingsChanges } from '../../../contract/settings.ts'
import { useChangeSettings } from './api.ts'
import { SettingControl } from './setting-control.tsx'
import classes from './settings.module.css'
import { type SettingEntry, sections } from './settings-entries.ts'

type SettingsListProps = { settings: Settings; query: string }

const matches = (entry: SettingEntry, section: string, query: string) =>
  `${section} ${entry.label} ${entry.description} ${entry.alsoCalled ?? ''}`.toLowerCase().includes(query)

/** Every setting with its control; each is saved by itself, at once. */
export function SettingsList({ settings, query }: SettingsListProps) {
  const { mutateAsync } = useChangeSettings()
  const wanted = query.trim().toLowerCase()
  const shown = sections
    .map((section) => ({ ...section, entries: section.entries.filter((entry) => matches(entry, section.title, wanted)) }))
    .filter((section) => section.entries.length > 0)
  if (shown.length === 0) return <Text c="dimmed">No setting is called “{query.trim()}”.</Text>
  return shown.map((section) => (
    <section key={section.title} className={classes.section}>
      <Title order={2}>{section.title}</Title>
      <div className={classes.card}>
        {section.entries.map((entry) => (
          <div key={entry.name} className={classes.row}>
            <div>
              <div className={classes.label}>{entry.label}</div>
              <div className="dimmed">{entry.description}</div>
            </div>
            <div className={classes.control}>
              <SettingControl
                entry={entry}
                value={settings[entry.name]}
                save={(value) => mutateAsync({ [entry.name]: value } as SettingsChanges)}
              />
            </div>
          </div>
        ))}
      </div>
    </section>
  ))
}
