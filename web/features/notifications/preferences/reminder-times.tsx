import { Button, Chip, Group, NumberInput, Popover, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { Change, SavePreferences } from './api.ts'
import { minutesText, reminderChoices } from './reminder-words.ts'
import { Section } from './section.tsx'

type ReminderTimesProps = { minutes: number[]; save: SavePreferences }

const withMinutes =
  (minutes: number[]): Change =>
  (present) => ({ ...present, interview_reminder_minutes: minutes })

/** How long before an interview. */
export function ReminderTimes({ minutes, save }: ReminderTimesProps) {
  const set = (next: number[], said: string) => save(said, withMinutes(next), withMinutes(minutes))
  const choices = [...new Set([...reminderChoices, ...minutes])].sort((a, b) => b - a)
  return (
    <Section title="Before an interview" note={minutes.length === 0 ? 'no reminder' : undefined}>
      <Group gap={6} role="group" aria-label="Remind me before an interview">
        {choices.map((one) => (
          <Chip
            key={one}
            size="xs"
            checked={minutes.includes(one)}
            onChange={(on) =>
              set(
                on ? [...minutes, one].sort((a, b) => b - a) : minutes.filter((other) => other !== one),
                `Reminder ${minutesText(one)} before: ${on ? 'on' : 'off'}.`,
              )
            }
            disabled={!minutes.includes(one) && minutes.length >= 10}
          >
            {minutesText(one)}
          </Chip>
        ))}
        <OtherTime
          onAdd={(one) => {
            if (!minutes.includes(one))
              set(
                [...minutes, one].sort((a, b) => b - a),
                `Reminder ${minutesText(one)} before: on.`,
              )
          }}
        />
      </Group>
    </Section>
  )
}

const units = [
  { value: '1', label: 'minutes' },
  { value: '60', label: 'hours' },
  { value: '1440', label: 'days' },
]

function OtherTime({ onAdd }: { onAdd: (minutes: number) => void }) {
  const [isOpen, setOpen] = useState(false)
  const [amount, setAmount] = useState<number | string>(45)
  const [unit, setUnit] = useState('1')
  const minutes = Math.round(Number(amount) * Number(unit))
  const isPossible = minutes >= 1 && minutes <= 20_160
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isPossible) return
    onAdd(minutes)
    setOpen(false)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-xs"
          h={28}
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          Other
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Another time before an interview" aria-labelledby={undefined}>
        <form onSubmit={submit}>
          <Group gap={8} align="flex-end" wrap="nowrap">
            <NumberInput label="How long before" w={100} value={amount} onChange={setAmount} min={1} hideControls data-autofocus />
            <Select
              aria-label="Unit"
              w={110}
              data={units}
              value={unit}
              onChange={(value) => setUnit(value ?? '1')}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
            <Button type="submit" disabled={!isPossible}>
              Add
            </Button>
          </Group>
          {!isPossible && <p role="alert">Up to 14 days.</p>}
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
