import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openStatuses } from '../../../../contract/applications.ts'
import type { Job } from '../../../../contract/jobs.ts'
import { client } from '../../../api/client.ts'
import { keysOf } from '../../../api/keys.ts'
import { messageOf } from '../../../ui/problem-text.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import classes from './add-application.module.css'

type JobSearchProps = { typed: string; onType: (typed: string) => void; onPick: (job: Job) => void; onNew: () => void }

export const hasOpenApplication = ({ application_status }: Job) =>
  application_status !== null && (openStatuses as readonly string[]).includes(application_status)

/** Jobs as they are typed for; the last line makes a new one. */
export function JobSearch({ typed, onType, onPick, onNew }: JobSearchProps) {
  const [q] = useDebouncedValue(typed.trim(), 150)
  const { data, error, isFetching } = useQuery({
    queryKey: [...keysOf('jobs').all, 'for application', q],
    queryFn: async ({ signal }) => (await client.jobs.list({ query: { q: q || undefined, limit: 7 }, signal })).items,
    placeholderData: keepPreviousData,
  })
  const combobox = useCombobox({ opened: true })
  const { selectFirstOption } = combobox
  const jobs = data ?? []
  // Enter takes the first one, or the new job when there is none.
  useEffect(() => {
    if (data) selectFirstOption()
  }, [data, selectFirstOption])
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const job = jobs.find((one) => one.id === id)
        if (job) onPick(job)
        else onNew()
      }}
    >
      <Combobox.EventsTarget>
        <TextInput
          label="Which job?"
          placeholder="Company or title"
          data-autofocus
          autoComplete="off"
          leftSection={isFetching ? <Loader size={16} /> : <IconSearch size={16} />}
          error={error && `Your jobs could not be looked through. ${messageOf(error)}`}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.options} aria-label="Jobs">
        {jobs.map((job) => (
          <Combobox.Option key={job.id} value={job.id} className={classes.option}>
            <span className={classes.job}>
              {job.title} <span className="dimmed">{[job.company, job.location].filter(Boolean).join(', ')}</span>
            </span>
            {job.application_status && <StatusBadge status={job.application_status} />}
          </Combobox.Option>
        ))}
        <Combobox.Option value="new" className={classes.option}>
          <IconPlus size={16} aria-hidden />
          <span className={classes.job}>{typed.trim() ? `A new job: “${typed.trim()}”` : 'A new job'}</span>
        </Combobox.Option>
      </Combobox.Options>
    </Combobox>
  )
}
