import { useQuery } from '@tanstack/react-query'
import type { MouseEvent } from 'react'
import type { FoundJob } from '../../../contract/jobs.ts'
import { Found, Marked } from '../../ui/marked.tsx'
import { markedByText } from '../../ui/marked-parts.ts'
import { remoteWords } from '../../ui/words.ts'
import { profileQuery } from '../profile/api.ts'
import classes from './job-cells.module.css'

export function None() {
  return (
    <span className="dimmed" aria-hidden>
      –
    </span>
  )
}

/** The way in: a real link, so that it opens in a new tab as well. A plain press is taken by its row. */
export function TitleLink({ job, onClick }: { job: FoundJob; onClick?: (event: MouseEvent) => void }) {
  return (
    <a href={`/jobs/${job.id}${window.location.search}`} className={classes.link} onClick={onClick} data-row-link>
      <Found text={job.title} markup={job.highlights?.title} />
    </a>
  )
}

/** `remote · Lisbon`: the way of working first, because what is cut off stands last. */
export function Place({ job }: { job: FoundJob }) {
  if (!job.location && !job.remote_option) return <None />
  if (!job.location) return job.remote_option && remoteWords[job.remote_option]
  const remote = job.remote_option && job.remote_option !== 'onsite' ? remoteWords[job.remote_option] : null
  return (
    <>
      {remote && <span className="dimmed">{remote} · </span>}
      <Found text={job.location} markup={job.highlights?.location} />
    </>
  )
}

export function Match({ score }: { score: number | null }) {
  if (score === null) return <None />
  return (
    <span className={classes.match}>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${score}%` }} />
      </span>
      {score} %
    </span>
  )
}

/** Lower-case names of the skills in the profile. */
export function useOwnSkills(): Set<string> {
  const { data } = useQuery({ ...profileQuery, select: (profile) => profile.skills.map(({ name }) => name.toLowerCase()) })
  return new Set(data)
}

const widthOf = (skill: string) => skill.length * 7 + 18

/** How many chips fit beside each other, the count of the others included. */
function fitting(skills: string[], room: number): number {
  let used = 24
  let count = 0
  for (const skill of skills) {
    used += widthOf(skill)
    if (used + (count + 1 < skills.length ? 28 : 0) > room) break
    count++
  }
  return Math.max(1, count)
}

type SkillsProps = { skills: string[]; room: number; found: string | undefined }

/** What was found first, then what one has. */
export function Skills({ skills, room, found }: SkillsProps) {
  const own = useOwnSkills()
  if (skills.length === 0) return <None />
  const marked = found === undefined ? new Map<string, string>() : markedByText(found)
  const isHit = (skill: string) => marked.get(skill)?.includes('<mark>') ?? false
  const weight = (skill: string) => Number(isHit(skill)) * 2 + Number(own.has(skill.toLowerCase()))
  const sorted = skills.toSorted((a, b) => weight(b) - weight(a))
  const shown = sorted.slice(0, fitting(sorted, room))
  return (
    <span className={classes.skills} title={shown.length < skills.length ? sorted.join(', ') : undefined}>
      {shown.map((skill) => (
        <SkillChip key={skill} skill={skill} markup={marked.get(skill)} isOwn={own.has(skill.toLowerCase())} />
      ))}
      {shown.length < skills.length && <span className="dimmed">+{skills.length - shown.length}</span>}
    </span>
  )
}

export function SkillChip({ skill, markup, isOwn }: { skill: string; markup?: string | undefined; isOwn: boolean }) {
  return (
    <span className={classes.skill} data-own={isOwn || undefined}>
      {markup === undefined ? skill : <Marked markup={markup} />}
    </span>
  )
}
