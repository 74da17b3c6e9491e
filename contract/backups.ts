import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

export const backupMaxBytes = 2 * 1024 * 1024 * 1024

const Counts = z.record(z.string(), z.int()).meta({
  description: 'Rows by kind, the trash counted',
  examples: [{ jobs: 117, applications: 31, events: 96, superseded_events: 4, imports: 2 }],
})

/** `manual`: somebody asked for it. `before_replace`: what was here when a backup was put in its place. */
export const BackupReason = z.enum(['daily', 'manual', 'before_replace'])
export type BackupReason = z.output<typeof BackupReason>

export const BackupName = z
  .string()
  .regex(/^landed-backup-\d{8}T\d{9}Z-(daily|manual|before_replace)\.zip$/, 'must be the name of a backup')
  .meta({ examples: ['landed-backup-20261122T080000000Z-daily.zip'] })

/** A backup that Landed keeps in its data folder. */
export const Backup = z
  .strictObject({
    name: BackupName,
    reason: BackupReason,
    created_at: f.Instant,
    bytes: z.int().meta({ examples: [48213] }),
    counts: Counts.nullable().meta({ description: 'null: its note is lost; verifying it counts again' }),
    verified_at: f.Instant.nullable().meta({
      description: 'When it was last restored into an empty place and found to give the same records; null: not yet, or not with success',
    }),
    problem: z.string().nullable().meta({ description: 'What was wrong when it was last verified' }),
  })
  .meta({ id: 'Backup' })
export type Backup = z.output<typeof Backup>

export const BackupCheck = z
  .strictObject({
    ok: z.boolean(),
    problem: z.string().nullable().meta({ description: 'The first thing that is wrong' }),
    created_at: f.Instant.nullable(),
    landed: z
      .string()
      .nullable()
      .meta({ description: 'The version that made it', examples: ['0.1.0'] }),
    files: z.array(
      z.strictObject({
        name: z.string().meta({ examples: ['jobs.json'] }),
        count: z.int().meta({ examples: [117] }),
        ok: z.boolean(),
        problem: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BackupCheck' })
export type BackupCheck = z.output<typeof BackupCheck>

const Confirmation = z
  .strictObject({ jobs: z.int().min(0), applications: z.int().min(0) })
  .meta({ examples: [{ jobs: 12, applications: 5 }] })
export type Confirmation = z.output<typeof Confirmation>

/** Multipart fields are text, so it arrives as JSON there. */
const confirm = z
  .preprocess((sent: string | z.input<typeof Confirmation>, context) => {
    if (typeof sent !== 'string') return sent
    try {
      return JSON.parse(sent) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON such as {"jobs":12,"applications":5}' })
      return z.NEVER
    }
  }, Confirmation)
  .optional()
  .meta({
    description:
      'With `replace`: how many jobs and applications are removed, the trash counted. Asked for without it, the answer tells the numbers.',
  })

export const RestoreInput = z
  .strictObject({
    mode: z.enum(['merge', 'replace']).default('merge').meta({
      description:
        '`merge`: what is not here is added; of what is here the newer one stays. `replace`: everything here goes, and what is in the backup takes its place.',
    }),
    dry_run: z
      .preprocess((value: unknown) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())
      .default(false)
      .meta({ description: 'Only check the backup and tell what would happen' }),
    confirm,
  })
  .meta({ id: 'RestoreInput', examples: [{ mode: 'merge', dry_run: false }] })
export type RestoreInput = z.output<typeof RestoreInput>

export const RestoreReport = z
  .strictObject({
    mode: RestoreInput.shape.mode.unwrap(),
    dry_run: z.boolean(),
    backup: z.strictObject({ created_at: f.Instant, landed: z.string().meta({ examples: ['0.1.0'] }), counts: Counts }),
    records: z
      .record(
        z.string(),
        z.strictObject({
          added: z.int(),
          updated: z.int().meta({ description: 'The one in the backup was newer' }),
          kept: z.int().meta({ description: 'The one here is the same, or newer' }),
          skipped: z.int().meta({ description: 'Could not be taken; `skipped` says why' }),
        }),
      )
      .meta({
        description: 'By kind. An application comes with its events and interviews, an import with its rows.',
        examples: [{ jobs: { added: 117, updated: 0, kept: 0, skipped: 0 } }],
      }),
    skipped: z
      .array(z.strictObject({ kind: z.string(), id: f.Id, reason: z.string() }))
      .meta({ description: 'The first 100', examples: [[]] }),
    removed: Confirmation.nullable().meta({ description: 'With `replace`: what was here', examples: [null] }),
    kept_as: BackupName.nullable().meta({ description: 'With `replace`: the backup of what was here', examples: [null] }),
    duration_ms: z.int(),
  })
  .meta({ id: 'RestoreReport' })
export type RestoreReport = z.output<typeof RestoreReport>

const byName = z.strictObject({ name: BackupName })
const restoreProblems = [
  'unsupported_media_type',
  'payload_too_large',
  'damaged_backup',
  'newer_backup',
  'confirmation_required',
  'conflict',
] as const

export const backups = {
  download: {
    method: 'GET',
    path: '/exports/backup',
    summary: 'Download everything as one ZIP archive',
    description:
      'Streamed, of one moment: every record with its history, versions and trash, as JSON and, for jobs and applications, as CSV too. `manifest.json` has the count and the SHA-256 of each file, and says what is left out.',
    access: 'read',
    streams: ['application/zip'],
    status: 200,
    problems: ['overloaded'],
  },
  restore: {
    method: 'POST',
    path: '/imports/backup',
    summary: 'Restore a backup',
    description:
      'All of it or nothing. Every file is held against the manifest before anything is written. A backup of an older Landed is brought to this version; one of a newer is refused.',
    access: 'write',
    upload: { maxBytes: backupMaxBytes, example: 'the ZIP archive, as GET /exports/backup gave it' },
    body: RestoreInput,
    returns: RestoreReport,
    status: 200,
    idempotent: true,
    problems: restoreProblems,
  },
  list: {
    method: 'GET',
    path: '/backups',
    summary: 'List the backups that Landed keeps',
    description: 'Newest first, in one page. Landed makes one a day unless `BACKUPS=off`, and keeps the last `BACKUP_KEEP` of each reason.',
    access: 'read',
    returns: f
      .listOf(Backup, {
        daily: z.strictObject({
          enabled: z.boolean(),
          keep: z.int().meta({ examples: [7] }),
          next_due_at: f.Instant.nullable().meta({ description: 'null: never, or as soon as there is something to keep' }),
          problem: z.string().nullable().meta({ description: 'Why the last one could not be made' }),
        }),
      })
      .meta({ id: 'BackupList' }),
    status: 200,
  },
  create: {
    method: 'POST',
    path: '/backups',
    costly: true,
    summary: 'Make a backup now, and verify it',
    access: 'write',
    returns: Backup,
    status: 201,
    location: '/backups/{name}',
    idempotent: true,
    problems: ['conflict', 'overloaded'],
  },
  get: {
    method: 'GET',
    path: '/backups/{name}',
    summary: 'Download a backup that Landed keeps',
    access: 'read',
    params: byName,
    streams: ['application/zip'],
    status: 200,
    problems: ['not_found'],
  },
  verify: {
    method: 'POST',
    path: '/backups/{name}/verify',
    costly: true,
    summary: 'Restore a backup into an empty place and compare',
    description: 'By the same code as a real restore, into tables of its own that are gone afterwards.',
    access: 'write',
    params: byName,
    returns: BackupCheck,
    status: 200,
    problems: ['not_found'],
  },
  restoreKept: {
    method: 'POST',
    path: '/backups/{name}/restore',
    costly: true,
    summary: 'Restore a backup that Landed keeps',
    description: 'As `POST /imports/backup` with that file.',
    access: 'write',
    params: byName,
    body: RestoreInput,
    returns: RestoreReport,
    status: 200,
    idempotent: true,
    problems: ['not_found', ...restoreProblems],
  },
  delete: {
    method: 'DELETE',
    path: '/backups/{name}',
    summary: 'Delete a backup that Landed keeps',
    access: 'write',
    params: byName,
    status: 204,
    problems: ['not_found'],
  },
} as const satisfies Endpoints
