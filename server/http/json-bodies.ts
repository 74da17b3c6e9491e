import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const longInBytes = 1024 * 1024
const deepest = 64

/** JSON bodies: strict UTF-8, no prototype tricks, empty means absent, and an error that says where reading stopped. */
export function jsonBodies(server: FastifyInstance): void {
  const safely = server.getDefaultJsonParser('error', 'error')
  const parseSafely = (request: FastifyRequest, text: string) =>
    new Promise((resolve, reject) => {
      void safely(request, text, (error, body) => {
        if (error) reject(new AppError('malformed_json', `The body is not JSON: ${reasonFor(text)}`))
        else resolve(body)
      })
    })
  server.removeContentTypeParser(['text/plain', 'application/json'])
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, bytes: Buffer) => {
    // Each step takes some 50 ms of 24 MB, or is in parts: others get their turn in between.
    const pause = () => (bytes.length > longInBytes ? setImmediate() : undefined)
    await refuseDepth(bytes)
    await pause()
    const text = decode(bytes)
    if (text.trim() === '') return undefined
    await pause()
    if (bytes.length <= longInBytes || mayPlayTricks(text)) return parseSafely(request, text)
    await pause()
    const body = parsePlainly(text)
    await pause()
    return body
  })
}

/** Before anything is made of it: what is nested thousands of levels deep costs a stack wherever it is walked through. */
async function refuseDepth(bytes: Buffer): Promise<void> {
  const place = { at: 0, depth: 0, isInText: false }
  while (place.at < bytes.length) {
    if (place.at > 0) await setImmediate()
    walk(bytes, place, Math.min(bytes.length, place.at + longInBytes))
    if (place.depth > deepest) throw new AppError('malformed_json', `The body is nested more than ${deepest} levels deep.`)
  }
}

/** To `end`, or to where it is too deep. In UTF-8 none of these bytes is part of another letter. */
function walk(bytes: Buffer, place: { at: number; depth: number; isInText: boolean }, end: number): void {
  let { at, depth, isInText } = place
  for (; at < end && depth <= deepest; at++) {
    const byte = bytes[at]
    if (isInText) {
      // After a backslash comes no end of the text.
      if (byte === 0x5c) at++
      else if (byte === 0x22) isInText = false
    } else if (byte === 0x22) isInText = true
    // { and [, then } and ]
    else if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) depth--
  }
  Object.assign(place, { at, depth, isInText })
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new AppError('malformed_json', 'The body is not UTF-8. Save or send it as UTF-8.')
  }
}

// Nobody has a reason to write letters as escapes; who does is looked at closely.
const mayPlayTricks = (text: string) => ['__proto__', '"constructor"', '\\u005', '\\u006', '\\u007'].some((trick) => text.includes(trick))

function parsePlainly(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed_json', `The body is not JSON: ${reasonFor(text)}`)
  }
}

// JSON.parse names position and character; Fastify's parser hides it.
function reasonFor(text: string): string {
  try {
    JSON.parse(text)
    return 'it holds the property __proto__ or constructor.prototype, which is refused.'
  } catch (error) {
    return `${(error as Error).message.slice(0, 200)}.`
  }
}
