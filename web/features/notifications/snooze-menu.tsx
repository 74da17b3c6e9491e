import { Button, Popover, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { closesOn } from '../../ui/opened-by-key.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { useSettings } from '../settings/api.ts'
import classes from './inbox.module.css'
import { PickMoment } from './pick-moment.tsx'
import { momentText, snoozeTimes } from './snooze-times.ts'

type SnoozeMenuProps = {
  opened: boolean
  onChange: (opened: boolean) => void
  /** Of an interview that is still to come. */
  begins?: string | null
  onPick: (at: string) => void
  position?: 'bottom-end' | 'top'
  /** The button it hangs from. */
  children: ReactNode
}

/** When to hear of it again: by one click, or any moment. */
export function SnoozeMenu({ opened, onChange, begins = null, onPick, position = 'bottom-end', children }: SnoozeMenuProps) {
  return (
    <Popover opened={opened} onChange={onChange} position={position} width={320} trapFocus returnFocus clickOutsideEvents={closesOn}>
      <Popover.Target>{children}</Popover.Target>
      {opened && (
        <Popover.Dropdown aria-modal aria-labelledby={undefined} aria-label="Put away until" p={12}>
          <Choices
            begins={begins}
            onPick={(at) => {
              onChange(false)
              onPick(at)
            }}
          />
        </Popover.Dropdown>
      )}
    </Popover>
  )
}

function Choices({ begins, onPick }: { begins: string | null; onPick: (at: string) => void }) {
  const { timezone, locale } = useUserLocale()
  const { reminder_hour } = useSettings()
  const [isPicking, setPicking] = useState(false)
  const times = snoozeTimes(new Date(), { timezone, morningHour: reminder_hour, begins })
  if (isPicking) return <PickMoment onPick={onPick} />
  return (
    <Stack gap={4}>
      {times.map(({ label, at }, index) => (
        <Button
          key={label}
          variant="default"
          fullWidth
          justify="space-between"
          rightSection={<span className={classes.moment}>{momentText(at, { timezone, locale })}</span>}
          onClick={() => onPick(at)}
          data-autofocus={index === 0 || undefined}
        >
          {label}
        </Button>
      ))}
      <Button variant="subtle" color="gray" onClick={() => setPicking(true)} data-autofocus={times.length === 0 || undefined}>
        Pick a day and time
      </Button>
    </Stack>
  )
}
