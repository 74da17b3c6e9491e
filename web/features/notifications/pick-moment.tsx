import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { DayInput } from '../../ui/day-input.tsx'
import { addDays, todayIn } from '../../ui/days.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { instantOf } from '../../ui/zoned-time.ts'
import { momentText } from './snooze-times.ts'

/** Any moment to come, in the person's time zone. */
export function PickMoment({ onPick }: { onPick: (at: string) => void }) {
  const { timezone, locale } = useUserLocale()
  const today = todayIn(timezone)
  const [day, setDay] = useState(addDays(today, 1))
  const [time, setTime] = useState('08:00')
  const [isOver, setOver] = useState(false)
  const at = day && /^\d{2}:\d{2}$/.test(time) ? instantOf(day, time, timezone) : null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (at === null || Date.parse(at) <= Date.now()) setOver(true)
    else onPick(at)
  }
  return (
    <form onSubmit={submit}>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <DayInput label="Day" value={day} onChange={setDay} min={today} />
        <TextInput type="time" label="Time" value={time} onChange={(event) => setTime(event.currentTarget.value)} />
      </Group>
      {isOver && <p role="alert">That is over already. Pick a moment to come.</p>}
      <Button type="submit" mt={12} fullWidth disabled={at === null}>
        {at === null ? 'Put away' : `Put away until ${momentText(at, { timezone, locale })}`}
      </Button>
    </form>
  )
}
