import { z } from 'zod'
import { Instant } from '../../../contract/fields.ts'

/** Of the layout of a backup: rises when a reader of the present one could not read the next. */
export const backupVersion = 1

export const manifestName = 'manifest.json'

export const Manifest = z.object({
  kind: z.literal('landed-backup'),
  version: z.int(),
  landed: z.string(),
  schema: z.string(),
  created_at: Instant,
  counts: z.record(z.string(), z.int().min(0)),
  files: z.array(
    z.strictObject({
      name: z.string(),
      count: z.int().min(0),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  left_out: z.array(z.string()),
})
export type Manifest = z.output<typeof Manifest>
