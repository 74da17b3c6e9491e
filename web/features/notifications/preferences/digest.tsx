import { Group, SegmentedControl, Select } from '@mantine/core'
import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { momentText } from '../snooze-times.ts'
import type { Change, SavePreferences } from './api.ts'
import { Section } from './section.tsx'

type DigestSettings = NotificationPreferences['digest']
type DigestProps = { digest: DigestSettings; next: string | null; save: SavePreferences }

const frequencies = [
  { value: 'off', label: 'None' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
]
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))

/** One message for a day or a week. */
export function Digest({ digest, next, save }: DigestProps) {
  const { timezone, locale } = useUserLocale()
  const set =
    (changes: Partial<DigestSettings>): Change =>
    (present) => ({ ...present, digest: { ...present.digest, ...changes } })
  const change = (said: string, changes: Partial<DigestSettings>) => save(said, set(changes), set(digest))
  const isOff = digest.frequency === 'off'
  return (
    <Section title="Digest" note={isOff || next === null ? undefined : `next digest: ${momentText(next, { timezone, locale })}`}>
      <Group gap={8}>
        <SegmentedControl
          size="xs"
          aria-label="How often"
          data={frequencies}
          value={digest.frequency}
          onChange={(frequency) =>
            change(frequency === 'off' ? 'No digest.' : `A ${frequency} digest.`, { frequency: frequency as DigestSettings['frequency'] })
          }
        />
        <Select
          size="xs"
          w={108}
          aria-label="Day of the week"
          data={weekdays.map((label, at) => ({ value: String(at + 1), label }))}
          value={String(digest.weekday)}
          disabled={digest.frequency !== 'weekly'}
          allowDeselect={false}
          onChange={(day) => change(`The digest comes on ${weekdays[Number(day) - 1]}.`, { weekday: Number(day) })}
        />
        <Select
          size="xs"
          w={84}
          aria-label="Hour"
          data={hours}
          value={String(digest.hour)}
          disabled={isOff}
          allowDeselect={false}
          onChange={(hour) => change(`The digest comes at ${hour?.padStart(2, '0')}:00.`, { hour: Number(hour) })}
        />
      </Group>
    </Section>
  )
}
