/** When a record of a person was made, as the index of all filters knows it: a word whose beginnings are stretches of time. */
import { type RawBuilder, sql } from 'kysely'

/** An instant in ISO text, and of those at one instant the id. Where an import made many, the ids are their order. */
export type Moment = { instant: string; id: string }

const instantDigits = 13
const idDigits = 12
const digits = instantDigits + idDigits
const before1970 = 62_135_596_800_000n

/** As landed_age() writes it, without the person. */
export const ageOf = ({ instant, id }: Moment): bigint =>
  ((BigInt(Date.parse(instant)) + before1970) << BigInt(4 * idDigits)) | BigInt(`0x${id.replaceAll('-', '').slice(0, idDigits)}`)

/** Of what may have been made at this instant. */
export function firstAgeAt(instant: string): bigint {
  const age = ageOf({ instant, id: '00000000-0000-0000-0000-000000000000' })
  return age < firstAge ? firstAge : age
}

export const firstAge = 0n
export const lastAge = (1n << BigInt(4 * digits)) - 1n

/** The words of what a person made between two ages, both included, as a tsquery: of all of it, and perhaps of a bit before and after. */
export function agesBetween(userId: string, from: bigint, to: bigint): RawBuilder<unknown> {
  const person = userId.slice(-12)
  return sql`${beginnings(from, to)
    .map((beginning) => `'${person}${beginning}':*`)
    .join(' | ')}::tsquery`
}

/** Beginnings of all the words between two: of the digits in between, and of what is left at both ends, down to a sixteenth of it all. */
export function beginnings(from: bigint, to: bigint): string[] {
  const [low, high] = [written(from), written(to)]
  let at = 0
  while (at < digits && low[at] === high[at]) at++
  if (at === digits) return [low]
  const found = likeIt(low, at, digitAt(low, at) + 1, digitAt(high, at) - 1)
  const last = endWithin((to - from) / 16n, at)
  for (let lower = at + 1; lower <= last; lower++) {
    found.push(...likeIt(low, lower, digitAt(low, lower) + 1, 15), ...likeIt(high, lower, 0, digitAt(high, lower) - 1))
  }
  return [...found, low.slice(0, last + 1), high.slice(0, last + 1)]
}

/** The beginnings like this one, but for their last digit. */
const likeIt = (word: string, at: number, lowest: number, highest: number): string[] =>
  Array.from({ length: Math.max(highest - lowest + 1, 0) }, (_, n) => word.slice(0, at) + (lowest + n).toString(16))

/** The place, not before `at`, of which a step is no more than this. */
function endWithin(most: bigint, at: number): number {
  while (at < digits - 1 && 1n << BigInt(4 * (digits - 1 - at)) > most) at++
  return at
}

const written = (age: bigint) => age.toString(16).padStart(digits, '0')
const digitAt = (word: string, at: number) => Number.parseInt(word[at] as string, 16)
