import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CreatedToken } from '../../../../contract/tokens.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { addDays, todayIn } from '../../../ui/days.ts'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { useUserLocale } from '../../../ui/user-locale.tsx'
import { instantOf } from '../../../ui/zoned-time.ts'
import classes from '../account.module.css'
import { useCreateToken } from '../api.ts'

const lasting = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'day', label: 'Until a day you choose' },
  { value: 'never', label: 'Until it is revoked' },
]

export function TokenForm({ onMade, onLeave }: { onMade: (token: CreatedToken) => void; onLeave: () => void }) {
  const { timezone } = useUserLocale()
  const today = todayIn(timezone)
  const create = useCreateToken()
  const [scopes, setScopes] = useState<string[]>(['read'])
  const [lasts, setLasts] = useState('90')
  const [day, setDay] = useState(addDays(today, 90))
  const lastDay = lasts === 'never' ? null : lasts === 'day' ? day : addDays(today, Number(lasts))
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { name: '' },
    submit: async ({ name }) =>
      onMade(
        await create.mutateAsync({
          name,
          scopes: scopes as CreatedToken['scopes'],
          expires_at: lastDay === null ? null : instantOf(lastDay, '23:59', timezone),
        }),
      ),
  })
  return (
    <form onSubmit={onSubmit} className={`${classes.card} ${classes.body}`} aria-label="A new token">
      <Stack gap={16} maw={440}>
        <TextInput
          label="What it is for"
          placeholder="Calendar on my phone"
          name="token-name"
          autoComplete="off"
          maxLength={100}
          required
          withAsterisk={false}
          autoFocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Checkbox.Group
          label="What it may do"
          value={scopes}
          onChange={setScopes}
          error={scopes.length === 0 ? 'Choose at least one.' : null}
        >
          <Stack gap={8} mt={4}>
            <Checkbox value="read" label="Read everything you keep here" />
            <Checkbox value="write" label="Change, add and delete records" />
          </Stack>
        </Checkbox.Group>
        <Group gap={12} align="flex-end">
          <Select
            label="How long it works"
            data={lasting}
            value={lasts}
            onChange={(next) => next && setLasts(next)}
            allowDeselect={false}
          />
          {lasts === 'day' && <DayInput label="Last day" value={day} onChange={setDay} min={today} />}
        </Group>
        <FormProblem problem={problem} />
        <Group gap={8}>
          <Button type="submit" loading={isSending} disabled={scopes.length === 0 || lastDay === ''}>
            Make the token
          </Button>
          <Button variant="default" onClick={onLeave}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
