/** A backup that somebody brings: nothing of it is believed before it was checked, and it is never unpacked to disk. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import type { BackupFile } from '../../database/backup-part.ts'
import { AppError } from '../../errors.ts'
import { type Batch, readBatches } from './layout.ts'
import { backupVersion, Manifest, manifestName } from './manifest.ts'
import { damaged, foreign, newer, textOf, tooLarge } from './problems.ts'
import { checkSeal, piecesOf } from './seal.ts'

const mostFiles = 64
const longestManifest = 1024 * 1024
const gigabyte = 1024 ** 3
/** Unpacked. Records compress 5 to 30 times; what is much denser was made to fill a disk. */
const limits = { bytes: 16 * gigabyte, ratio: 200, ratioCountsFrom: 256 * 1024 * 1024 }

export type Archive = AsyncDisposable & {
  manifest: Manifest
  /** What is wrong with it even where each of its files is as it should be. */
  flaw: string | null
  has(name: string): boolean
  /** The rows of a file. Throws when it is not, to the byte, what the manifest says: after the last row at the latest. */
  rows(file: BackupFile): AsyncGenerator<Batch>
  /** Reads a file through for the same checks. */
  check(name: string): Promise<void>
}

/** Throws `unsupported_media_type` for what is no backup, `damaged_backup` and `payload_too_large` with the reason. */
export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(4)
    await file.read(head, 0, 4, 0)
    if (size === 0) throw foreign('the file is empty')
    if (head.toString('latin1') !== 'PK\x03\x04') throw foreign('it is not a ZIP archive')
    const zip = await openZip(file, size)
    const seal = await checkSeal(file, size)
    const isWhole = seal === 'whole' || (seal === 'none' && zip.comment === '')
    const entries = await readDirectory(zip, size)
    const manifest = await readManifest(zip, entries)
    compare(entries, manifest)
    return {
      manifest,
      flaw: isWhole ? null : 'it was changed after it was written, or came over damaged',
      has: (name) => entries.has(name),
      rows: (one) => rows(zip, entries, manifest, one),
      check: async (name) => {
        for await (const _ of checkedBytes(zip, entries, manifest, name));
      },
      [Symbol.asyncDispose]: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openZip(file: FileHandle, size: number): Promise<ZipFile> {
  const { fromRandomAccessReaderPromise, RandomAccessReader } = await import('yauzl')
  const isInside = (start: number, length: number) => start >= 0 && length >= 0 && start + length <= size
  const outside = () => new Error('it points to a place beyond its own end')
  const fail = function (this: Readable) {
    this.destroy(outside())
  }
  // Places come out of the archive: reading at one that cannot be would throw where nobody catches.
  const reader = new (class extends RandomAccessReader {
    override read(to: Buffer, offset: number, length: number, position: number, done: (error: Error | null, read?: number) => void) {
      if (!isInside(position, length)) return void setImmediate(done, outside())
      file.read(to, offset, length, position).then(
        ({ bytesRead }) => setImmediate(done, null, bytesRead),
        (error: Error) => setImmediate(done, error),
      )
    }
    override _readStreamForRange(start: number, end: number) {
      return isInside(start, end - start) ? Readable.from(piecesOf(file, start, end)) : new Readable({ read: fail })
    }
    // The handle is closed by whoever opened it.
    override close(done: (error: Error | null) => void) {
      done(null)
    }
  })()
  const zip = await fromRandomAccessReaderPromise(reader, size, { autoClose: false }).catch((error: unknown) => {
    throw damaged(`the archive is not whole (${textOf(error)})`, error)
  })
  zip.on('error', () => {})
  return zip
}

async function readDirectory(zip: ZipFile, size: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let bytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw damaged(`it has two files named ${JSON.stringify(entry.fileName)}`)
      if (entries.size >= mostFiles) throw tooLarge(`it has more than ${mostFiles} files, and a backup has about a dozen`)
      if (!entry.canDecodeFileData()) throw damaged(`${JSON.stringify(entry.fileName)} is encrypted, or packed in a way that is not known`)
      entries.set(entry.fileName, entry)
      bytes += entry.uncompressedSize
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(`its directory cannot be read (${textOf(error)})`, error)
  }
  if (bytes > limits.bytes) throw tooLarge(`it would grow to ${Math.round(bytes / gigabyte)} GB, and at most 16 GB are taken`)
  if (bytes > limits.ratioCountsFrom && bytes > size * limits.ratio)
    throw tooLarge(`it would grow to ${Math.round(bytes / size)} times its size, which no backup does`)
  return entries
}

async function readManifest(zip: ZipFile, entries: Map<string, Entry>): Promise<Manifest> {
  const entry = entries.get(manifestName)
  if (!entry) throw foreign('it is a ZIP archive without a manifest.json')
  if (entry.uncompressedSize > longestManifest) throw foreign('its manifest.json is larger than any of Landed')
  const chunks: Uint8Array[] = []
  for await (const chunk of bytesOf(zip, entry)) chunks.push(chunk)
  let told: unknown
  try {
    told = JSON.parse(Buffer.concat(chunks).toString())
  } catch (error) {
    throw damaged(`its manifest.json is not JSON (${textOf(error)})`, error)
  }
  if (typeof told !== 'object' || told === null || !('kind' in told) || told.kind !== 'landed-backup')
    throw foreign('its manifest.json is not one of Landed')
  if ('version' in told && typeof told.version === 'number' && told.version > backupVersion)
    throw newer('landed' in told ? String(told.landed) : 'a later version', `its layout ${told.version}`)
  const parsed = Manifest.safeParse(told)
  if (parsed.success) return parsed.data
  throw damaged(`its manifest.json is not as Landed writes it (${parsed.error.issues[0]?.path.join('.')})`)
}

function compare(entries: Map<string, Entry>, { files }: Manifest): void {
  const told = new Map(files.map((file) => [file.name, file]))
  const missing = files.find(({ name }) => !entries.has(name))
  if (missing) throw damaged(`${missing.name} is missing`)
  for (const [name, entry] of entries) {
    if (name === manifestName) continue
    const file = told.get(name)
    if (!file) throw damaged(`${JSON.stringify(name)} is in it, of which its manifest.json says nothing`)
    if (file.bytes !== entry.uncompressedSize) throw damaged(`${name} has ${entry.uncompressedSize} bytes and should have ${file.bytes}`)
  }
}

async function* rows(zip: ZipFile, entries: Map<string, Entry>, manifest: Manifest, file: BackupFile): AsyncGenerator<Batch> {
  let count = 0
  const batches = readBatches(file, checkedBytes(zip, entries, manifest, file.name))
  for (;;) {
    // Not `for await`: only what reading throws is the file's fault.
    const next = await batches.next().catch((error: unknown) => {
      throw error instanceof AppError ? error : damaged(`${file.name} cannot be read: ${textOf(error)}`, error)
    })
    if (next.done) break
    count += next.value.lines.length
    yield next.value
  }
  const told = manifest.files.find(({ name }) => name === file.name)?.count
  if (count !== told) throw damaged(`${file.name} has ${count} rows and should have ${told}`)
}

async function* checkedBytes(zip: ZipFile, entries: Map<string, Entry>, manifest: Manifest, name: string): AsyncGenerator<Uint8Array> {
  const told = manifest.files.find((file) => file.name === name)
  const entry = entries.get(name)
  if (!told || !entry) throw damaged(`${name} is missing`)
  const hash = createHash('sha256')
  for await (const chunk of bytesOf(zip, entry)) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== told.sha256) throw damaged(`${name} is not what it was when it was written: its SHA-256 is another`)
}

/** yauzl sees to it that no more bytes come than the directory says; its sums are looked at here. */
async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0
  let stream: Readable | undefined
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (error) {
    throw damaged(`${entry.fileName} cannot be unpacked (${textOf(error)})`, error)
  } finally {
    stream?.destroy()
  }
  if (sum !== entry.crc32) throw damaged(`${entry.fileName} is not what it was when it was packed: its checksum is another`)
}
