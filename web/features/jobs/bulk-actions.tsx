import { Menu } from '@mantine/core'
import { IconFlag, IconProgressCheck, IconTag, IconTools, IconTrash } from '@tabler/icons-react'
import { useMemo } from 'react'
import { type Job, JobStatus } from '../../../contract/jobs.ts'
import { jobStatusIcons } from '../../ui/status-badge.tsx'
import { jobStatusWords } from '../../ui/words.ts'
import { BarAction, BarMenu, BarPopover } from '../bulk/bar-parts.tsx'
import type { Change } from '../bulk/change.ts'
import { WordsForm } from '../bulk/words-form.tsx'
import { named } from './job-filters.ts'

type JobBulkActionsProps = {
  choose: (change: Change) => void
  /** The loaded ones: their tags and skills are there to choose from. */
  jobs: Job[]
}

const priorities = [5, 4, 3, 2, 1, 0]
const priorityWord = (priority: number) => (priority === 5 ? '5, first' : priority === 0 ? 'None' : String(priority))

/** What can be done with many jobs at once. */
export function JobBulkActions({ choose, jobs }: JobBulkActionsProps) {
  const tags = useMemo(() => named(jobs, (job) => job.tags), [jobs])
  const skills = useMemo(() => named(jobs, (job) => job.tech_stack), [jobs])
  const update = (changes: Extract<Change, { kind: 'jobs'; action: 'update' }>['changes']) =>
    choose({ kind: 'jobs', action: 'update', changes })
  return (
    <>
      <BarMenu icon={IconProgressCheck} label="Status" keys="s" keyLabel="Archive, close or open them">
        {JobStatus.options.toReversed().map((status) => {
          const Icon = jobStatusIcons[status]
          return (
            <Menu.Item key={status} leftSection={<Icon size={16} stroke={1.75} />} onClick={() => update({ status })}>
              {jobStatusWords[status]}
            </Menu.Item>
          )
        })}
      </BarMenu>
      <BarMenu icon={IconFlag} label="Priority" keys="p" keyLabel="Set their priority">
        {priorities.map((priority) => (
          <Menu.Item key={priority} onClick={() => update({ priority })}>
            {priorityWord(priority)}
          </Menu.Item>
        ))}
      </BarMenu>
      <BarPopover icon={IconTag} label="Tags" keys="t" keyLabel="Add tags or take them away">
        {(close) => (
          <WordsForm
            one="tag"
            known={tags}
            onDone={({ added, removed }) => {
              close()
              update({ ...(added.length > 0 ? { add_tags: added } : {}), ...(removed.length > 0 ? { remove_tags: removed } : {}) })
            }}
          />
        )}
      </BarPopover>
      <BarPopover icon={IconTools} label="Skills" keys="l" keyLabel="Add skills or take them away">
        {(close) => (
          <WordsForm
            one="skill"
            known={skills}
            onDone={({ added, removed }) => {
              close()
              update({ ...(added.length > 0 ? { add_skills: added } : {}), ...(removed.length > 0 ? { remove_skills: removed } : {}) })
            }}
          />
        )}
      </BarPopover>
      <BarAction
        icon={IconTrash}
        label="Delete"
        keys="Delete"
        keyLabel="Delete them"
        isDanger
        onClick={() => choose({ kind: 'jobs', action: 'delete' })}
      />
    </>
  )
}
