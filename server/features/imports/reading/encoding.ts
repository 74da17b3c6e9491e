/** Which encoding a file is in, and its text piece by piece. */
import { open } from 'node:fs/promises'
import { AppError, invalid } from '../../../errors.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** `damaged`: some bytes are no character; what they were part of reads U+FFFD. */
export type Source = { path: string; encoding: Encoding; bomBytes: number; damaged: boolean }

const pieceBytes = 256 * 1024

/** Looks through the whole file. Refuses what is no text: `unsupported_media_type` with what to do instead. */
export async function sourceOf(path: string): Promise<Source> {
  const head = await headOf(path)
  if (head.length === 0) throw emptyFile()
  refuseOtherKinds(head)
  if (starts(head, [0xff, 0xfe])) return { path, encoding: 'utf-16le', bomBytes: 2, damaged: false }
  if (starts(head, [0xfe, 0xff])) return { path, encoding: 'utf-16be', bomBytes: 2, damaged: false }
  const wide = wideEncodingOf(head)
  if (wide) return { path, encoding: wide, bomBytes: 0, damaged: false }
  const marked = starts(head, [0xef, 0xbb, 0xbf])
  return { path, bomBytes: marked ? 3 : 0, ...(await narrowEncodingOf(path, marked)) }
}

export const emptyFile = () => invalid({ field: 'file', code: 'empty_file', message: 'is empty: there is no header and no row in it' })

/** The text, in pieces of up to 256 KB. */
export async function* textOf({ path, encoding, bomBytes }: Source): AsyncGenerator<string> {
  const decode = decoderOf(encoding)
  for await (const bytes of bytesOf(path, bomBytes)) {
    const text = decode(bytes, true)
    if (text !== '') yield text
  }
  const rest = decode(new Uint8Array(), false)
  if (rest !== '') yield rest
}

function decoderOf(encoding: Encoding): (bytes: Uint8Array, stream: boolean) => string {
  if (encoding === 'utf-8' || encoding === 'windows-1252') {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true })
    return (bytes, stream) => decoder.decode(bytes, { stream })
  }
  // Not by TextDecoder: it hides half characters, which a cell may not hold.
  let odd: Buffer = Buffer.alloc(0)
  return (bytes, stream) => {
    const all = odd.length > 0 ? Buffer.concat([odd, bytes]) : Buffer.from(bytes)
    const even = all.length - (all.length % 2)
    odd = all.subarray(even)
    const text = (encoding === 'utf-16be' ? Buffer.from(all.subarray(0, even)).swap16() : all.subarray(0, even)).toString('utf16le')
    return stream || odd.length === 0 ? text : `${text}\ufffd`
  }
}

async function* bytesOf(path: string, from: number): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    let position = from
    for (;;) {
      // A new buffer each time: what was given out may still be in use.
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function headOf(path: string): Promise<Buffer> {
  for await (const bytes of bytesOf(path, 0)) return bytes.subarray(0, 4096)
  return Buffer.alloc(0)
}

/** UTF-8, unless more of the bytes beyond ASCII make no UTF-8 than do: one damaged byte must not garble every é. */
async function narrowEncodingOf(path: string, marked: boolean): Promise<Pick<Source, 'encoding' | 'damaged'>> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of bytesOf(path, 0)) strict.decode(bytes, { stream: true })
    strict.decode()
    return { encoding: 'utf-8', damaged: false }
  } catch {
    const decoder = new TextDecoder('utf-8')
    let characters = 0
    let strays = 0
    for await (const bytes of bytesOf(path, 0)) {
      for (const [found] of decoder.decode(bytes, { stream: true }).matchAll(/[^\0-\x7f]/gu)) found === '\ufffd' ? strays++ : characters++
    }
    return marked || characters >= strays ? { encoding: 'utf-8', damaged: true } : { encoding: 'windows-1252', damaged: false }
  }
}

// Text in UTF-16 without a mark: every other byte of it is mostly zero.
function wideEncodingOf(head: Buffer): Encoding | null {
  let [even, odd] = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) at % 2 === 0 ? even++ : odd++
  const pairs = head.length / 2
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.1) return 'utf-16be'
  return null
}

const otherKinds: { begins: number[]; is: string; instead: string }[] = [
  { begins: [0x50, 0x4b, 0x03, 0x04], is: 'an Excel workbook or a ZIP archive', instead: 'Open it, save it as CSV, and send that' },
  { begins: [0x50, 0x4b, 0x05, 0x06], is: 'an empty ZIP archive', instead: 'Save the table as CSV, and send that' },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel workbook', instead: 'Open it, save it as CSV, and send that' },
  { begins: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', instead: 'Save the table as CSV, and send that' },
  { begins: [0x1f, 0x8b], is: 'compressed (gzip)', instead: 'Unpack it, and send the CSV in it' },
  { begins: [0x89, 0x50, 0x4e, 0x47], is: 'a picture', instead: 'Save the table as CSV, and send that' },
  { begins: [0xff, 0xd8, 0xff], is: 'a picture', instead: 'Save the table as CSV, and send that' },
  { begins: [...Buffer.from('SQLite format 3')], is: 'a database', instead: 'Save the table as CSV, and send that' },
]

function refuseOtherKinds(head: Buffer): void {
  // The first file of a backup, behind the header that every file of a ZIP archive has.
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) && head.toString('latin1', 30, 39) === 'jobs.json')
    throw new AppError(
      'unsupported_media_type',
      'This file is a backup of Landed. A backup is restored, not imported: on the page Data, or by POST /imports/backup.',
    )
  const kind = otherKinds.find(({ begins }) => starts(head, begins))
  if (kind) throw new AppError('unsupported_media_type', `This file is ${kind.is}, whatever its name says. ${kind.instead}.`)
  if (/^\s*(<!doctype html|<html|<\?xml|<table)/i.test(head.toString('latin1').replace(/^\xef\xbb\xbf/, '')))
    throw new AppError(
      'unsupported_media_type',
      'This file is a web page or XML, whatever its name says. Open it in a spreadsheet, save it as CSV, and send that.',
    )
}

const starts = (head: Buffer, begins: number[]) => begins.length <= head.length && begins.every((byte, at) => head[at] === byte)
