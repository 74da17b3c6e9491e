import { Button, Group, Switch } from '@mantine/core'
import type { Application } from '../../../../contract/applications.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { Keys } from '../../../ui/keys-shown.tsx'
import { useSavedField } from '../../../ui/use-saved-field.ts'
import { useChangeApplication } from '../api.ts'
import { FollowUpMenu } from '../follow-up-menu.tsx'
import { Section } from './section.tsx'

type FollowUpProps = { application: Application; isOpen: boolean; onOpen: (isOpen: boolean) => void }

export function FollowUp({ application, isOpen, onOpen }: FollowUpProps) {
  const { mutateAsync } = useChangeApplication()
  const muted = useSavedField({
    value: application.reminders_muted,
    save: (reminders_muted) => mutateAsync({ id: application.id, changes: { reminders_muted } }),
    name: 'reminders_muted',
    label: 'Reminders',
  })
  return (
    <Section title="Follow-up">
      <Group gap={12} justify="space-between">
        <FollowUpMenu application={application} opened={isOpen} onChange={onOpen}>
          <Button variant="default" rightSection={<Keys keys="f" />} fw={400}>
            <DayText day={application.follow_up_on} placeholder="Set a day" />
          </Button>
        </FollowUpMenu>
        <Switch
          label="Remind me"
          checked={!muted.shown}
          onChange={(event) => void muted.commit(!event.currentTarget.checked)}
          error={muted.error}
        />
      </Group>
    </Section>
  )
}
