import { Group, SimpleGrid, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Profile, ProfileChanges } from '../../../contract/profile.ts'
import { EditableNumber } from '../../ui/editable-number.tsx'
import { EditableSelect } from '../../ui/editable-select.tsx'
import { EditableTags } from '../../ui/editable-tags.tsx'
import { EditableText } from '../../ui/editable-text.tsx'
import { optionsOf, remoteWords } from '../../ui/words.ts'
import { JobTypes } from './job-types.tsx'
import classes from './profile.module.css'
import { experienceWords } from './profile-words.ts'
import { SkillList } from './skill-list.tsx'

type ProfileSectionsProps = { profile: Profile; save: (changes: ProfileChanges) => Promise<unknown> }

const currencies = () => {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code}, ${names.of(code)}` }))
}

export function ProfileSections({ profile, save }: ProfileSectionsProps) {
  return (
    <>
      <Section title="You">
        <EditableText
          label="Headline"
          name="headline"
          value={profile.headline}
          save={(headline) => save({ headline })}
          placeholder="Backend engineer who likes small teams"
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16}>
          <EditableSelect
            label="Level"
            name="experience_level"
            value={profile.experience_level}
            save={(experience_level) => save({ experience_level })}
            options={optionsOf(experienceWords)}
            clearable
            placeholder="Not said"
          />
          <EditableNumber
            label="Years of experience"
            name="years_experience"
            value={profile.years_experience}
            save={(years_experience) => save({ years_experience })}
            min={0}
            max={80}
            decimals={1}
          />
        </SimpleGrid>
      </Section>
      <Section title="Skills">
        <SkillList skills={profile.skills} save={(skills) => save({ skills })} />
      </Section>
      <Section title="What you look for">
        <EditableTags
          label="Places"
          name="preferred_locations"
          value={profile.preferred_locations}
          save={(preferred_locations) => save({ preferred_locations })}
          placeholder="Lisbon, then Enter"
        />
        <EditableSelect
          label="Where you want to work"
          name="remote_preference"
          value={profile.remote_preference}
          save={(remote_preference) => save({ remote_preference })}
          options={optionsOf(remoteWords)}
          clearable
          placeholder="Anywhere"
        />
        <JobTypes value={profile.job_types} save={(job_types) => save({ job_types })} />
        <Group gap={16} align="flex-start" grow preventGrowOverflow={false} wrap="wrap">
          <EditableNumber
            label="Pay from, a year"
            name="desired_salary_min"
            value={profile.desired_salary_min}
            save={(desired_salary_min) => save({ desired_salary_min })}
            min={0}
            thousands
          />
          <EditableSelect
            label="Currency"
            name="salary_currency"
            value={profile.salary_currency}
            save={(salary_currency) => save({ salary_currency })}
            options={currencies()}
            searchable
            clearable
            placeholder="EUR"
          />
        </Group>
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2}>{title}</Title>
      <div className={classes.card}>{children}</div>
    </section>
  )
}
