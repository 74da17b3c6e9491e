import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import type { TestApp } from './test-app.ts'

/** The files of a ZIP archive by name. */
export type Files = Map<string, Buffer>

export const downloadBackup = async (t: TestApp) => Buffer.from(await (await t.client.backups.download()).arrayBuffer())

export async function unpack(archive: Buffer): Promise<Files> {
  const files: Files = new Map()
  const zip = await fromBufferPromise(archive, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return files
}

/** As another program would pack them. */
export function pack(files: Files): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of files) zip.addBuffer(bytes, name)
  zip.end()
  return buffer(zip.outputStream)
}

type Manifest = { schema: string; landed: string; version: number; files: { name: string; count: number; bytes: number; sha256: string }[] }

/** A backup that was rewritten by somebody who knows how: `change` gets its files, and the manifest follows them. */
export async function rewrite(archive: Buffer, change: (files: Map<string, string>, manifest: Manifest) => void): Promise<Buffer> {
  const files = new Map([...(await unpack(archive))].map(([name, bytes]) => [name, bytes.toString()]))
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest
  files.delete('manifest.json')
  change(files, manifest)
  manifest.files = manifest.files
    .filter(({ name }) => files.has(name))
    .map((file) => {
      const text = files.get(file.name) as string
      return { ...file, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
    })
  return pack(new Map([...files, ['manifest.json', JSON.stringify(manifest)] as const].map(([name, text]) => [name, Buffer.from(text)])))
}

/** A row of a list in a JSON file, changed. */
export const changeRow = (text: string, change: (row: Record<string, unknown>) => object, at = 0): string => {
  let seen = -1
  return text
    .split('\n')
    .map((line) => {
      const row = /^(\{"id".*\}),?$/.exec(line)?.[1]
      if (row === undefined || ++seen !== at) return line
      return JSON.stringify(change(JSON.parse(row))) + line.slice(row.length)
    })
    .join('\n')
}

/** As a file for the API. */
export const asFile = (archive: Buffer) => new Blob([archive as Buffer<ArrayBuffer>])
