import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Profile } from '../../../contract/profile.ts'
import classes from './profile.module.css'
import { skillLevelWords } from './profile-words.ts'

type SkillRowProps = { skill: Profile['skills'][number]; onLevel: (level: number | null) => void; onRemove: () => void }

const options = [{ value: '', label: 'No level' }, ...skillLevelWords.slice(1).map((label, index) => ({ value: String(index + 1), label }))]

export function SkillRow({ skill, onLevel, onRemove }: SkillRowProps) {
  return (
    <li className={classes.skill}>
      <span className={classes.skillName}>{skill.name}</span>
      <span className={classes.dots} aria-hidden>
        {[1, 2, 3, 4, 5].map((step) => (
          <span key={step} data-filled={(skill.level ?? 0) >= step || undefined} />
        ))}
      </span>
      <NativeSelect
        aria-label={`Level of ${skill.name}`}
        variant="unstyled"
        data={options}
        value={skill.level === null ? '' : String(skill.level)}
        onChange={(event) => onLevel(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        w={136}
      />
      <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={`Remove ${skill.name}`}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}
