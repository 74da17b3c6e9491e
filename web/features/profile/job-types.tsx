import { Chip, Group, Input } from '@mantine/core'
import type { Profile } from '../../../contract/profile.ts'
import { useSavedField } from '../../ui/use-saved-field.ts'
import { jobTypeWords, optionsOf } from '../../ui/words.ts'

type JobTypesProps = { value: Profile['job_types']; save: (value: Profile['job_types']) => Promise<unknown> }

export function JobTypes({ value, save }: JobTypesProps) {
  const field = useSavedField({ value, save, name: 'job_types', label: 'Kinds of job' })
  return (
    <Input.Wrapper label="Kinds of job" labelElement="div" error={field.error} role="group" aria-label="Kinds of job">
      <Group gap={8} mt={4}>
        {optionsOf(jobTypeWords).map((option) => (
          <Chip
            key={option.value}
            variant="outline"
            checked={field.shown.includes(option.value)}
            onChange={(checked) =>
              void field.commit(checked ? [...field.shown, option.value] : field.shown.filter((one) => one !== option.value))
            }
          >
            {option.label}
          </Chip>
        ))}
      </Group>
    </Input.Wrapper>
  )
}
