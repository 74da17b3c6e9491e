import { readFile } from 'node:fs/promises'
import { invalid } from '../../errors.ts'

/** The 3,000 passwords of ten characters and more that were seen most often where others were broken into: OWASP SecLists (MIT). */
const commonest = new URL('./common-passwords.txt', import.meta.url)
let common: Promise<Set<string>> | undefined

/** Refuses what is tried first. `field`: where it was sent. */
export async function refuseGuessable(field: string, password: unknown, email: string): Promise<void> {
  if (typeof password !== 'string') return
  common ??= readFile(commonest, 'utf8').then((text) => new Set(text.trim().split('\n')))
  const plain = password.toLowerCase()
  if ((await common).has(plain)) throw invalid({ field, code: 'too_common', message: 'is one of those that are tried first; take another' })
  const letters = lettersOf(plain)
  const own = [email, ...email.split('@'), 'landed'].map(lettersOf)
  if (letters !== '' && own.some((word) => word !== '' && letters.replaceAll(word, '') === ''))
    throw invalid({ field, code: 'too_common', message: 'is made of what everybody knows of you; take another' })
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}]/gu, '')
