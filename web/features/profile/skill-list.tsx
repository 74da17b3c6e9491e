import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { Profile } from '../../../contract/profile.ts'
import { announce } from '../../ui/announce.tsx'
import { showUndo } from '../../ui/undo.tsx'
import { useSavedField } from '../../ui/use-saved-field.ts'
import classes from './profile.module.css'
import { SkillRow } from './skill-row.tsx'

type Skills = Profile['skills']
type SkillListProps = { skills: Skills; save: (skills: Skills) => Promise<unknown> }

const isCalled = (name: string) => (skill: Skills[number]) => skill.name.toLowerCase() === name.toLowerCase()

/** Skills in the order they were added; several can be typed at once, parted by commas. */
export function SkillList({ skills, save }: SkillListProps) {
  const field = useSavedField({ value: skills, save, name: 'skills', label: 'Skills' })
  const [typed, setTyped] = useState('')

  const add = (event: FormEvent) => {
    event.preventDefault()
    const names = typed.split(/[,;]/).map((name) => name.trim())
    const fresh = names.filter((name, index) => name !== '' && !field.shown.some(isCalled(name)) && names.indexOf(name) === index)
    setTyped('')
    if (fresh.length > 0) void field.commit([...field.shown, ...fresh.map((name) => ({ name, level: null }))])
    else announce('You have that one already')
  }
  const remove = (name: string) => {
    const before = field.shown
    void field.commit(before.filter((skill) => skill.name !== name))
    showUndo({ message: `${name} removed.`, undo: () => save(before) })
  }

  return (
    <>
      <form onSubmit={add}>
        <Group gap={8} align="flex-end" wrap="nowrap">
          <TextInput
            label="Add skills"
            placeholder="TypeScript, PostgreSQL"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={field.error}
            flex={1}
            autoComplete="off"
          />
          <Button type="submit" variant="default" leftSection={<IconPlus size={16} />} disabled={typed.trim() === ''}>
            Add
          </Button>
        </Group>
      </form>
      {field.shown.length === 0 ? (
        <Text c="dimmed">Jobs show which of their skills you have. Add the ones you would be asked about.</Text>
      ) : (
        <ul className={classes.skills} aria-label="Your skills">
          {field.shown.map((skill) => (
            <SkillRow
              key={skill.name}
              skill={skill}
              onLevel={(level) => void field.commit(field.shown.map((one) => (one.name === skill.name ? { ...one, level } : one)))}
              onRemove={() => remove(skill.name)}
            />
          ))}
        </ul>
      )}
    </>
  )
}
