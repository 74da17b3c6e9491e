import { Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { jobTypeWords, optionsOf, remoteWords } from '../../ui/words.ts'
import type { NewJob } from './new-job.ts'

/** What can be filled in later as well. */
export function MoreOfJob({ form }: { form: UseFormReturnType<NewJob> }) {
  const of = form.getInputProps
  const { key } = form
  return (
    <Stack gap={16} mt={16}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16}>
        <Select key={key('remote_option')} label="Remote" data={optionsOf(remoteWords)} clearable {...of('remote_option')} />
        <Select key={key('job_type')} label="Kind" data={optionsOf(jobTypeWords)} clearable {...of('job_type')} />
        <TextInput key={key('source')} label="Found via" placeholder="Referral" autoComplete="off" {...of('source')} />
        <TextInput key={key('posted_on')} type="date" label="Posted" {...of('posted_on')} />
        <TextInput key={key('deadline_on')} type="date" label="Deadline" {...of('deadline_on')} />
        <TagsInput key={key('tags')} label="Tags" acceptValueOnBlur {...of('tags')} />
      </SimpleGrid>
      <TagsInput key={key('tech_stack')} label="Skills" splitChars={[',', ';']} acceptValueOnBlur {...of('tech_stack')} />
      <Textarea key={key('description')} label="The job" autosize minRows={3} maxRows={10} {...of('description')} />
      <Textarea key={key('notes')} label="Your notes" autosize minRows={2} maxRows={8} {...of('notes')} />
    </Stack>
  )
}
