import type { Readable } from 'node:stream'

/** What a handler returns when the usual status is not the right one, or headers are to be added. */
export class Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Record<string, string>

  constructor(status: number, body: T, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** A body that is JSON already, and goes out as it is. */
export class ReadyJson {
  readonly json: Buffer

  constructor(json: Buffer) {
    this.json = json
  }
}

/** A file as an answer: streamed, saved by the browser under `filename`, never shown inside our origin. */
export type FileAnswer = { type: string; filename: string; stream: Readable }

/** RFC 6266 with a plain fallback, right for any name. */
export function contentDisposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return plain === filename ? `attachment; filename="${plain}"` : `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
