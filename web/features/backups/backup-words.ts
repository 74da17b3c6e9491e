import type { Backup } from '../../../contract/backups.ts'

export const reasonWords: Record<Backup['reason'], string> = {
  daily: 'Daily',
  manual: 'Made by you',
  before_replace: 'Before a restore',
}

const shownKinds: Record<string, [one: string, many: string]> = {
  jobs: ['job', 'jobs'],
  applications: ['application', 'applications'],
}

/** `117 jobs and 31 applications`. */
export const countsText = (counts: Record<string, number>) =>
  Object.entries(shownKinds)
    .map(([kind, [one, many]]) => `${(counts[kind] ?? 0).toLocaleString('en')} ${counts[kind] === 1 ? one : many}`)
    .join(' and ')

export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
