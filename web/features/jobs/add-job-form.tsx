import { Button, Collapse, Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { announce } from '../../ui/announce.tsx'
import { currencyOptions } from '../../ui/currency-options.ts'
import { todayIn } from '../../ui/days.ts'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { FormProblem, useProblemForm } from '../../ui/problem-form.tsx'
import { useStored } from '../../ui/stored.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { optionsOf, salaryPeriodWords } from '../../ui/words.ts'
import classes from './add-job.module.css'
import { MoreOfJob } from './more-of-job.tsx'
import { addWithApplication, emptyJob, type NewJob } from './new-job.ts'

/** One key for one content: sent twice it adds once, changed it is another request. */
function useKeyFor() {
  const keys = useRef(new Map<string, string>())
  return (body: object) => {
    const content = JSON.stringify(body)
    const key = keys.current.get(content) ?? crypto.randomUUID()
    keys.current.set(content, key)
    return key
  }
}

export function AddJobForm({ onDone }: { onDone: () => void }) {
  const { timezone } = useUserLocale()
  const navigate = useNavigate()
  const keyFor = useKeyFor()
  const [currency, setCurrency] = useStored<string | null>('currency', null)
  const [moreIsOpen, more] = useDisclosure(false)
  const [application, setApplication] = useState<NewJob['application']>('none')
  const { form, onSubmit, problem, isSending } = useProblemForm<NewJob>({
    initialValues: { ...emptyJob(todayIn(timezone)), salary_currency: currency },
    submit: async (values) => {
      const job = await addWithApplication({ ...values, application }, keyFor)
      if (values.salary_currency) setCurrency(values.salary_currency)
      announce(`${job.title} added`)
      onDone()
      void navigate({ to: '/jobs/$id', params: { id: job.id } })
    },
  })
  const { key, getInputProps: of } = form
  useKeys('Add a job', [{ keys: 'mod+Enter', label: 'Add', run: () => !isSending && onSubmit(), whileTyping: true }], { layer: 'dialog' })
  const Chevron = moreIsOpen ? IconChevronUp : IconChevronDown

  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <Stack gap={16}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16}>
          <TextInput
            key={key('company')}
            label="Company"
            required
            withAsterisk={false}
            data-autofocus
            autoComplete="off"
            {...of('company')}
          />
          <TextInput key={key('title')} label="Title" required withAsterisk={false} autoComplete="off" {...of('title')} />
          <TextInput
            key={key('url')}
            label="Address of the posting"
            type="url"
            inputMode="url"
            placeholder="https://"
            autoComplete="off"
            {...of('url')}
          />
          <TextInput key={key('location')} label="Place" autoComplete="off" {...of('location')} />
        </SimpleGrid>
        <div className={classes.pay}>
          <NumberInput key={key('salary_min')} label="Pay from" thousandSeparator="," hideControls {...of('salary_min')} />
          <NumberInput key={key('salary_max')} label="Pay up to" thousandSeparator="," hideControls {...of('salary_max')} />
          <Select
            key={key('salary_currency')}
            label="Currency"
            data={currencyOptions()}
            searchable
            clearable
            placeholder="EUR"
            {...of('salary_currency')}
          />
          <Select
            key={key('salary_period')}
            label="Paid for"
            data={optionsOf(salaryPeriodWords)}
            allowDeselect={false}
            {...of('salary_period')}
          />
        </div>
        <div className={classes.application}>
          <div>
            <span className={classes.label} id="add-job-application">
              Application
            </span>
            <SegmentedControl
              aria-labelledby="add-job-application"
              value={application}
              onChange={(next) => setApplication(next as NewJob['application'])}
              data={[
                { value: 'none', label: 'None yet' },
                { value: 'interested', label: 'Interested' },
                { value: 'applied', label: 'Applied' },
              ]}
            />
          </div>
          {application === 'applied' && (
            <TextInput key={key('applied_on')} type="date" label="Applied on" max={todayIn(timezone)} {...of('applied_on')} />
          )}
        </div>
        <div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={more.toggle}
            aria-expanded={moreIsOpen}
            rightSection={<Chevron size={14} aria-hidden />}
            className={classes.more}
          >
            {moreIsOpen ? 'Fewer fields' : 'More fields'}
          </Button>
          <Collapse expanded={moreIsOpen} transitionDuration={150}>
            <MoreOfJob form={form} />
          </Collapse>
        </div>
        <FormProblem problem={problem} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Tooltip label={<Keys keys="mod+Enter" />}>
            <Button type="submit" loading={isSending}>
              Add
            </Button>
          </Tooltip>
        </Group>
      </Stack>
    </form>
  )
}
