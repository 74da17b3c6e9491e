/** How a file will be read: which column is what, which word means which status, which way round dates are. */
import { createHash } from 'node:crypto'
import type { ApplicationStatus } from '../../../../contract/applications.ts'
import { isOwnHeader } from '../../../../contract/csv.ts'
import type {
  AmbiguousDates,
  DateFormat,
  ImportColumn,
  ImportKind,
  ImportMapping,
  ImportStatusWord,
  ImportTarget,
} from '../../../../contract/imports.ts'
import type { FieldError } from '../../../../contract/problems.ts'
import { invalid } from '../../../errors.ts'
import type { Table } from '../reading/table.ts'
import { parseDay } from '../values/dates.ts'
import { foldStatus, guessStatus, statusOf } from '../values/statuses.ts'
import { jobStatusOf } from '../values/words.ts'
import { isTarget, mapByName } from './aliases.ts'
import { foldName } from './names.ts'
import { type Preset, presetOf } from './presets.ts'
import { type Survey, surveyOf } from './survey.ts'

export type PlannedColumn = { name: string; at: number; target: ImportTarget | null; from: ImportColumn['from'] }

export type Plan = {
  kind: ImportKind
  format: Table['format']
  /** Our own export: cells as they stand, ids and instants kept. */
  own: boolean
  preset: Preset | null
  columns: PlannedColumn[]
  byTarget: Map<ImportTarget, PlannedColumn[]>
  /** Texts that stand for nothing, beyond those that do everywhere. */
  nullWords: ReadonlySet<string>
  /** What a word of a status column means: of applications a stage; of jobs open, closed or archived. */
  statusOf: (word: string) => string | null
  statusWords: ImportStatusWord[]
  dateFormat: DateFormat | null
  /** The order of each column with dates, by its index; null: written so that it can only be read one way. */
  dateFormats: Map<number, DateFormat | null>
  ambiguous: AmbiguousDates[]
  missing: ImportTarget[]
  createJobs: boolean
  includePersonal: boolean
  /** Of the header, whatever the order of its columns. */
  signature: string
}

export const dateTargets: ReadonlySet<ImportTarget> = new Set<ImportTarget>([
  'posted_on',
  'deadline_on',
  'created_at',
  'applied_on',
  'response_on',
  'screening_on',
  'interview_on',
  'offer_on',
  'accepted_on',
  'rejected_on',
  'withdrawn_on',
  'status_since',
  'follow_up_on',
])

/** The failed rows we gave back have a column of ours before their own. */
const ourReason = 'reason'

export const signatureOf = (columns: readonly string[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        columns
          .filter((name, at) => at > 0 || foldName(name) !== ourReason)
          .map(foldName)
          .toSorted(),
      ),
    )
    .digest('hex')

export type Remembered = { kind: ImportKind; mapping: ImportMapping } | null

export async function planOf(
  table: Table,
  sent: { kind: ImportKind | 'auto'; mapping?: ImportMapping | undefined },
  remembered: Remembered,
): Promise<{ plan: Plan; survey: Survey }> {
  const names = table.columns
  const own = isOwnHeader(names.filter((name, at) => at > 0 || name !== ourReason))
  if (own && sent.kind !== 'auto' && sent.kind !== own) {
    throw invalid({
      field: 'kind',
      code: 'invalid_value',
      message: `does not fit: this file is a Landed export of ${own}. Send kind=${own}, or leave it out`,
    })
  }
  const preset = own ? null : presetOf(names)
  const said = { ...(remembered && (sent.kind === 'auto' || sent.kind === remembered.kind) ? remembered.mapping : {}) }
  const mapping: ImportMapping = {
    ...said,
    ...sent.mapping,
    columns: { ...said.columns, ...sent.mapping?.columns },
    statuses: { ...said.statuses, ...sent.mapping?.statuses },
  }
  const columnsFor = (kind: ImportKind) => planColumns(names, kind, own, preset, sent.mapping?.columns ?? {}, said.columns ?? {})
  const possible = { jobs: columnsFor('jobs'), applications: columnsFor('applications') }
  const both = [...possible.jobs, ...possible.applications]
  const survey = await surveyOf(table, {
    words: own ? [] : [...new Set(both.filter(({ target }) => target === 'status').map(({ at }) => at))],
    dates: own ? [] : [...new Set(both.filter(({ target }) => target && dateTargets.has(target)).map(({ at }) => at))],
  })
  const kind =
    own ?? (sent.kind === 'auto' ? (remembered?.kind ?? preset?.kind ?? guessKind(possible.applications, mapping, survey)) : sent.kind)
  const columns = kind === 'jobs' ? withoutStages(possible.jobs, survey) : possible.applications
  refuseWrongMapping(columns, kind, own !== null, sent.mapping)

  const has = (target: ImportTarget) => columns.some((column) => column.target === target)
  const dateFormat = mapping.date_format ?? preset?.dateFormat ?? null
  const dates = planDates(columns, survey, dateFormat)
  const createJobs = kind === 'applications' && (mapping.create_jobs ?? (sent.kind === 'auto' && !has('job_id')))
  const words = planStatuses(columns, kind, survey, preset, mapping.statuses ?? {})
  return {
    survey,
    plan: {
      kind,
      format: table.format,
      own: own !== null,
      preset,
      columns,
      byTarget: Map.groupBy(
        columns.filter(({ target }) => target !== null),
        ({ target }) => target as ImportTarget,
      ),
      nullWords: new Set(preset?.nullWords),
      ...words,
      dateFormat,
      ...dates,
      missing: missingFields(kind, createJobs, has),
      createJobs,
      // Asked for each time: what is personal does not come in because it once did.
      includePersonal: sent.mapping?.include_personal ?? false,
      signature: signatureOf(names),
    },
  }
}

function planColumns(
  names: readonly string[],
  kind: ImportKind,
  own: ImportKind | null,
  preset: Preset | null,
  sent: Record<string, ImportTarget | null>,
  remembered: Record<string, ImportTarget | null>,
): PlannedColumn[] {
  const fromPreset = new Map(
    preset?.kind === kind ? Object.entries(preset.columns).map(([name, target]) => [foldName(name), target] as const) : [],
  )
  const told = new Set([...Object.keys(sent), ...Object.keys(remembered)])
  const byName = own
    ? new Map<string, ImportTarget>()
    : mapByName(
        names.filter((name) => !told.has(name) && !fromPreset.has(foldName(name))),
        kind,
      )
  const columns = names.map((name, at): PlannedColumn => {
    if (Object.hasOwn(sent, name)) return { name, at, target: sent[name] ?? null, from: 'sent' }
    if (Object.hasOwn(remembered, name)) return { name, at, target: remembered[name] ?? null, from: 'remembered' }
    if (own) return { name, at, target: name === ourReason ? null : (name as ImportTarget), from: 'preset' }
    const folded = foldName(name)
    if (fromPreset.has(folded)) return { name, at, target: fromPreset.get(folded) ?? null, from: 'preset' }
    const target = byName.get(name) ?? null
    return { name, at, target, from: target ? 'name' : 'none' }
  })
  // What was only suggested gives way to what was said.
  const rank = { sent: 0, remembered: 1, preset: 2, name: 3, none: 4 }
  const taken = new Map<ImportTarget, PlannedColumn>()
  for (const column of columns.toSorted((a, b) => rank[a.from] - rank[b.from])) {
    if (!column.target || column.target === 'notes' || column.from === 'sent') {
      if (column.target) taken.set(column.target, column)
      continue
    }
    if (taken.has(column.target)) column.target = null
    else taken.set(column.target, column)
  }
  return columns
}

/** A table with stages or the dates of stages tells of applications; one without, of jobs. */
function guessKind(columns: PlannedColumn[], mapping: ImportMapping, survey: Survey): ImportKind {
  const sent = Object.values(mapping.columns ?? {})
  if (sent.some((target) => target && !isTarget('jobs', target))) return 'applications'
  const status = columns.find(({ target }) => target === 'status')
  const isStage =
    status !== undefined &&
    shareOf(survey, status.at, (word) => (mapping.statuses?.[word] ?? statusOf(word) ?? guessStatus(word)) !== null) > 0.5
  const isAvailability = status !== undefined && shareOf(survey, status.at, (word) => jobStatusOf(word) !== null) > 0.5
  const dates = columns.filter(({ target }) => target && !isTarget('jobs', target) && dateTargets.has(target))
  const certain = dates.some(({ name }) => !['date', 'datum'].includes(foldName(name)))
  if (status && !isAvailability && (isStage || dates.length > 0)) return 'applications'
  return certain && !isAvailability ? 'applications' : columns.some(({ target }) => target === 'job_id') && status ? 'applications' : 'jobs'
}

function shareOf(survey: Survey, at: number, is: (word: string) => boolean): number {
  const words = [...(survey.words.get(at) ?? new Map<string, number>())]
  const sum = (some: [string, number][]) => some.reduce((total, [, count]) => total + count, 0)
  return words.length === 0 ? 0 : sum(words.filter(([word]) => is(word))) / sum(words)
}

// Read as jobs, a tracker's stages are not the job's own status: better left out, and named, than refused row by row.
function withoutStages(columns: PlannedColumn[], survey: Survey): PlannedColumn[] {
  const isForeign = ({ at, name }: PlannedColumn) =>
    name === 'status'
      ? shareOf(survey, at, (word) => jobStatusOf(word) === null && statusOf(word) !== null) > 0.5
      : shareOf(survey, at, (word) => jobStatusOf(word) !== null) < 0.5
  return columns.map((column) =>
    column.target === 'status' && column.from !== 'sent' && isForeign(column) ? { ...column, target: null } : column,
  )
}

/** A job that is here can be named by its id or address alone; one that is to be added needs more. */
function missingFields(kind: ImportKind, createJobs: boolean, has: (target: ImportTarget) => boolean): ImportTarget[] {
  if (kind === 'applications' && (has('job_id') || (has('url') && !createJobs && !has('company') && !has('title')))) return []
  return (['company', 'title'] as const).filter((target) => !has(target))
}

function planDates(columns: PlannedColumn[], survey: Survey, given: DateFormat | null) {
  const dateFormats = new Map<number, DateFormat | null>()
  const ambiguous: AmbiguousDates[] = []
  for (const { at, name, target } of columns) {
    const dates = survey.dates.get(at)
    if (!target || !dateTargets.has(target) || !dates) continue
    const told = dates.dmy > 0 === dates.mdy > 0 ? null : dates.dmy > 0 ? 'dmy' : 'mdy'
    dateFormats.set(at, given ?? told)
    const open = given !== 'dmy' && given !== 'mdy' && told === null && dates.openSample !== null
    if (open) ambiguous.push({ column: name, readings: readingsOf(dates.openSample as string) })
  }
  return { dateFormats, ambiguous }
}

const readingsOf = (value: string) =>
  (['dmy', 'mdy'] as const).map((date_format) => ({ date_format, value, day: parseDay(value, date_format, 'UTC') as string }))

function planStatuses(
  columns: PlannedColumn[],
  kind: ImportKind,
  survey: Survey,
  preset: Preset | null,
  said: Record<string, ApplicationStatus | null>,
) {
  const words = columns
    .filter(({ target }) => target === 'status')
    .flatMap(({ at }) => [...(survey.words.get(at) ?? [])])
    .toSorted((a, b) => b[1] - a[1])
  const bySaid = new Map(Object.entries(said).map(([word, status]) => [foldStatus(word), status]))
  const byPreset = new Map(Object.entries(preset?.statuses ?? {}).map(([word, status]) => [foldStatus(word), status]))
  const meaning = (word: string): string | null => {
    if (kind === 'jobs') return jobStatusOf(word)
    const folded = foldStatus(word)
    return bySaid.has(folded) ? (bySaid.get(folded) ?? null) : (byPreset.get(folded) ?? statusOf(word))
  }
  const statusWords = words.map(([word, count]) => {
    const status = meaning(word)
    return { word, count, status, suggestion: status === null && kind === 'applications' ? guessStatus(word) : null }
  })
  return { statusOf: meaning, statusWords }
}

function refuseWrongMapping(columns: PlannedColumn[], kind: ImportKind, own: boolean, sent: ImportMapping | undefined): void {
  const errors: FieldError[] = []
  const refuse = (name: string, code: string, message: string) => errors.push({ field: `mapping.columns.${name}`, code, message })
  const used = new Map<ImportTarget, string>()
  for (const [name, target] of Object.entries(sent?.columns ?? {})) {
    if (!columns.some((column) => column.name === name)) {
      const meant = columns.find((column) => foldName(column.name) === foldName(name))
      refuse(name, 'unknown_column', `is no column of this file${meant ? `; did you mean ${JSON.stringify(meant.name)}?` : ''}`)
    } else if (target && (own ? target !== name : !isTarget(kind, target))) {
      refuse(
        name,
        'invalid_value',
        own ? 'cannot be another field: the columns of a Landed export mean themselves' : `cannot be ${target} in an import of ${kind}`,
      )
    } else if (target && target !== 'notes' && used.has(target)) {
      refuse(name, 'duplicate_target', `cannot be ${target}, for ${JSON.stringify(used.get(target))} is that already`)
    } else if (target) used.set(target, name)
  }
  if (errors.length > 0) throw invalid(...errors)
}
