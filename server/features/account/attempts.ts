import { LRUCache } from 'lru-cache'
import type { App } from '../../app.ts'
import { AppError } from '../../errors.ts'

/** At most `count` within `seconds`, counted from the first. */
type Limit = { name: string; key: string; count: number; seconds: number }

/**
 * Slows down who tries passwords or has mails sent: by address and account together, so that nobody can lock out another
 * from elsewhere, and more loosely by either. Each process counts for itself.
 */
export class Attempts {
  readonly #counts = new LRUCache<string, { count: number; until: number }>({ max: 100_000 })
  readonly #now: App['now']

  constructor(now: App['now']) {
    this.#now = now
  }

  /** Counts one more against every limit. Throws rate_limited when one is used up. */
  take(limits: Limit[]): void {
    const now = this.#now().getTime()
    const found = limits.map((limit) => {
      const key = `${limit.name} ${limit.key}`
      const present = this.#counts.get(key)
      return { ...limit, key, present: present && present.until > now ? present : { count: 0, until: now + limit.seconds * 1000 } }
    })
    const wait = Math.max(0, ...found.filter(({ present, count }) => present.count >= count).map(({ present }) => present.until - now))
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000)
      throw new AppError('rate_limited', `Too many attempts. Try again in ${inWords(seconds)}.`, {
        headers: { 'retry-after': String(seconds) },
      })
    }
    for (const { key, present } of found) this.#counts.set(key, { ...present, count: present.count + 1 })
  }

  /** What was right in the end counts no more. */
  forget(limits: Limit[]): void {
    for (const { name, key } of limits) this.#counts.delete(`${name} ${key}`)
  }
}

const inWords = (seconds: number) => (seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`)

const quarter = 15 * 60
const hour = 60 * 60

export const signInLimits = (address: string, email: string): Limit[] => [
  { name: 'sign-in', key: `${address} ${email}`, count: 10, seconds: quarter },
  { name: 'sign-in to', key: email, count: 100, seconds: quarter },
  { name: 'sign-in from', key: address, count: 100, seconds: quarter },
]

export const signUpLimits = (address: string): Limit[] => [{ name: 'sign-up from', key: address, count: 60, seconds: hour }]

export const mailLimits = (address: string, email: string): Limit[] => [
  { name: 'mail to', key: email, count: 5, seconds: hour },
  { name: 'mail from', key: address, count: 60, seconds: hour },
]

export const linkLimits = (address: string): Limit[] => [{ name: 'link from', key: address, count: 60, seconds: quarter }]
