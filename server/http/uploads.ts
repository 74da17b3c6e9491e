import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { AppError, invalid } from '../errors.ts'

/** A file that a person sent, on disk for the length of the request. */
export type Upload = { path: string; filename: string; mediaType: string; bytes: number; sha256: string }

export type Form = { fields: Record<string, string>; file: Upload; discard(): Promise<void> }

/** Receives `multipart/form-data` with one part named `file`: to disk, never into memory, hashed on the way. */
export async function receiveForm(config: Config, request: FastifyRequest, maxBytes: number): Promise<Form> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_media_type', 'Send the file as multipart/form-data in a part named `file`.')
  }
  const folder = join(config.dataDir, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const discard = () => rm(path, { force: true })
  const fields: Record<string, string> = {}
  let file: Upload | undefined
  try {
    for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 1, fields: 50, fieldSize: 1024 * 1024, parts: 51 } })) {
      if (part.type === 'field') {
        if (part.valueTruncated) throw new AppError('payload_too_large', `The field ${part.fieldname.slice(0, 50)} is larger than 1 MB.`)
        fields[part.fieldname] = String(part.value)
        continue
      }
      if (part.fieldname !== 'file') {
        part.file.resume()
        throw invalid({ field: part.fieldname, code: 'unknown_field', message: 'is not where a file belongs; name the part `file`' })
      }
      const hash = createHash('sha256')
      let bytes = 0
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          bytes += chunk.length
          done(null, chunk)
        },
      })
      await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }))
      if (part.file.truncated)
        throw new AppError(
          'payload_too_large',
          `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB. Split it, or leave out what you do not need.`,
        )
      file = { path, filename: part.filename ?? 'file', mediaType: part.mimetype, bytes, sha256: hash.digest('hex') }
    }
    if (!file) throw invalid({ field: 'file', code: 'required', message: 'is required: send the file in a multipart part of this name' })
    return { fields, file, discard }
  } catch (error) {
    await discard()
    throw isUnreadable(error)
      ? new AppError('malformed_request', `The form could not be read: ${error.message}. It may have been cut off on its way.`)
      : error
  }
}

// The parser names its complaints only by their text.
const isUnreadable = (error: unknown): error is Error =>
  error instanceof Error &&
  /^(?:Multipart: |Unsupported Content-Type|Unexpected end of multipart data)|terminated early due to/.test(error.message)
