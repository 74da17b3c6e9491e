/** A backup as a stream: a ZIP of everything a person has at one moment, as PostgreSQL gives it. */
import { createHash } from 'node:crypto'
import { type Readable, Transform, type TransformCallback } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { type ExportKind, wholeRecord } from '../../../contract/exports.ts'
import type { App } from '../../app.ts'
import type { Framing } from '../../database/copy-out.ts'
import { mayRefuse, openSnapshot, type Snapshot } from '../../database/stream-copy.ts'
import { linesOf, readColumns } from '../../database/whole-rows.ts'
import type { User } from '../../http/who-is-asking.ts'
import { version } from '../../version.ts'
import { selectApplications } from '../applications/applications.ts'
import { applicationFields, type Field, jobFields } from '../exports/fields.ts'
import { csvRows } from '../exports/statements.ts'
import { selectJobs } from '../jobs/jobs.ts'
import { framingOf } from './layout.ts'
import { backupVersion, type Manifest, manifestName } from './manifest.ts'
import { backupFiles, leftOut } from './parts.ts'
import { blankSeal, Seal } from './seal.ts'

// A third of the time of the usual 6, for files that are a tenth larger.
export const compressionLevel = 3

type Section = { name: string; statement: string; framing: Framing }
type Content = { name: string; sections: Section[] }

/** Throws `overloaded` as exports do. `manifest` settles when all was read; an error is one of the stream, too. */
export async function writeArchive(app: App, user: User): Promise<{ stream: Readable; manifest: Promise<Manifest> }> {
  const { ZipFile } = await import('yazl')
  const copies = await csvCopies(app, user)
  const snapshot = await openSnapshot(app)
  const zip = new ZipFile()
  const stream = new Seal()
  // Its reader hears errors too; before there is one they must not end the process.
  stream.on('error', () => {})
  const leaving = new AbortController()
  zip.on('error', (error) => leaving.abort(error))
  pipeline(zip.outputStream, stream).catch((error: unknown) => leaving.abort(error))

  const begun = Promise.withResolvers<void>()
  const manifest = fill().then(
    (made) => {
      zip.addBuffer(Buffer.from(`${JSON.stringify(made, null, 1)}\n`), manifestName, { mtime: app.now(), compressionLevel })
      stream.expectEnd()
      zip.end({ comment: blankSeal, forceZip64Format: false })
      return made
    },
    async (error: unknown) => {
      begun.reject(error)
      stream.destroy(error as Error)
      await snapshot.end('left')
      throw error
    },
  )
  manifest.catch(() => {})
  begun.promise.catch(() => {})
  await mayRefuse(begun.promise)
  return { stream, manifest }

  async function fill(): Promise<Manifest> {
    const { schema, contents } = await contentsOf(snapshot, user, copies)
    const files: Manifest['files'] = []
    const counts: Manifest['counts'] = {}
    for (const { name, sections } of contents) {
      const measured = new Measured()
      zip.addReadStream(measured, name, { mtime: app.now(), compressionLevel })
      let count = 0
      for (const section of sections) {
        const copy = snapshot.copy(section.statement, section.framing)
        void copy.begun.then(begun.resolve, (error: unknown) => begun.reject(error))
        await pipeline(copy, measured, { end: false, signal: leaving.signal })
        count += copy.rows
        counts[section.name] = copy.rows
      }
      measured.end()
      await finished(measured, { signal: leaving.signal })
      files.push({ name, count, bytes: measured.bytes, sha256: measured.hash.digest('hex') })
    }
    await snapshot.end('finished')
    for (const { name } of copies) delete counts[name]
    const created_at = app.now().toISOString()
    return { kind: 'landed-backup', version: backupVersion, landed: version, schema, created_at, counts, files, left_out: leftOut }
  }
}

export async function contentsOf(snapshot: Snapshot, user: User, copies: Content[]): Promise<{ schema: string; contents: Content[] }> {
  const [newest] = await snapshot.rows<{ name: string }>('select max(name) as name from migrations')
  const columns = await readColumns((statement) => snapshot.rows(statement))
  const files = backupFiles.map((file): Content => {
    const sections = file.tables.map((table, at) => ({
      name: table.name,
      statement: `copy (${linesOf(columns, table, user.id)}) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`,
      framing: framingOf(file, at),
    }))
    return { name: file.name, sections }
  })
  return { schema: newest?.name ?? '', contents: [...files, ...copies] }
}

/** The same records once more, for a spreadsheet. They are not read when a backup is taken back. */
export async function csvCopies(app: App, user: User): Promise<Content[]> {
  const copyOf = (kind: ExportKind, fields: Record<string, Field>, selection: Parameters<typeof csvRows>[1]): Content => {
    const names = wholeRecord[kind].csv
    const columns = names.map((name): [string, Field] => [name, fields[name]!])
    const framing = { head: names.join(','), beforeFirst: '\r\n', between: '\r\n', tail: () => '\r\n' }
    const name = `${kind}.csv`
    return { name, sections: [{ name, statement: csvRows(columns, selection), framing }] }
  }
  return [
    copyOf('jobs', jobFields, await selectJobs(app, user, { deleted: 'include' }, 'created_at')),
    copyOf('applications', applicationFields, await selectApplications(app, user, { deleted: 'include' }, 'created_at')),
  ]
}

class Measured extends Transform {
  readonly hash = createHash('sha256')
  bytes = 0
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk)
    this.bytes += chunk.length
    done(null, chunk)
  }
}
