import { Checkbox, Group, Switch, TextInput } from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { timeIn } from '../../../ui/zoned-time.ts'
import type { Change, SavePreferences } from './api.ts'
import classes from './preferences.module.css'
import { Section } from './section.tsx'

type Quiet = NotificationPreferences['quiet_hours']
type QuietHoursProps = { quiet: Quiet; until: string | null; save: SavePreferences }

/** When nothing is sent. What happens meanwhile is in the inbox at once, and sent afterwards. */
export function QuietHours({ quiet, until, save }: QuietHoursProps) {
  const { timezone } = useUserLocale()
  const set =
    (changes: Partial<Quiet>): Change =>
    (present) => ({ ...present, quiet_hours: { ...present.quiet_hours, ...changes } })
  const change = (said: string, changes: Partial<Quiet>) => save(said, set(changes), set(quiet))
  const now = !quiet.enabled ? undefined : until === null ? `next from ${quiet.from}` : `now quiet until ${timeIn(until, timezone)}`
  return (
    <Section title="Quiet hours" note={now}>
      <Group gap={12} mih={36}>
        <Switch
          label="Send nothing"
          checked={quiet.enabled}
          onChange={() => change(`Quiet hours are ${quiet.enabled ? 'off' : 'on'}.`, { enabled: !quiet.enabled })}
        />
        <Group gap={8} wrap="nowrap">
          <Time label="From" value={quiet.from} isDisabled={!quiet.enabled} onSave={(from) => change(`Quiet from ${from}.`, { from })} />
          <Time label="to" value={quiet.to} isDisabled={!quiet.enabled} onSave={(to) => change(`Quiet until ${to}.`, { to })} />
        </Group>
      </Group>
      <Checkbox
        mt={8}
        label="Interview reminders come all the same"
        checked={quiet.except_interviews}
        disabled={!quiet.enabled}
        onChange={() =>
          change(`Interview reminders ${quiet.except_interviews ? 'wait as well' : 'come all the same'}.`, {
            except_interviews: !quiet.except_interviews,
          })
        }
      />
    </Section>
  )
}

type TimeProps = { label: string; value: string; isDisabled: boolean; onSave: (time: string) => void }

/** Saved when it is left: typing goes through times that nobody means. */
function Time({ label, value, isDisabled, onSave }: TimeProps) {
  const id = useId()
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const commit = () => {
    if (/^\d{2}:\d{2}$/.test(draft) && draft !== value) onSave(draft)
    else setDraft(value)
  }
  return (
    <span className={classes.time}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        type="time"
        size="xs"
        value={draft}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
        }}
      />
    </span>
  )
}
