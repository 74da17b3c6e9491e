import { passwordLength } from '../../../contract/account.ts'

export type Strength = { word: 'Too short' | 'Easy to guess' | 'Fair' | 'Good' | 'Strong'; advice: string }

const tried =
  /password|passwort|passw0rd|p@ssw0rd|qwerty|qwertz|azerty|letmein|welcome|admin|login|landed|iloveyou|monkey|dragon|football|baseball|sunshine|princess|superman|batman|master|shadow|trustno1|secret|changeme|summer|winter|spring|autumn|hello|jobs?earch/g
const rows = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '01234567890']

/** How much of a password somebody has to guess, said in words. `known`: what others know, such as the e-mail. */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  const missing = passwordLength.min - password.length
  if (missing > 0) return { word: 'Too short', advice: `${missing} more ${missing === 1 ? 'character' : 'characters'}` }
  const lower = password.toLowerCase()
  const parts = known.flatMap((text) => text.toLowerCase().split(/[@.\s]+/)).filter((part) => part.length > 2)
  const withoutKnown = parts.reduce((text, part) => text.replaceAll(part, '\0'), lower)
  const withoutTried = withoutKnown.replace(tried, '\0')
  const length = lengthOfSteps(withoutTried)
  const word = length < 8 ? 'Easy to guess' : length < 12 ? 'Fair' : length < 16 ? 'Good' : 'Strong'
  if (word === 'Good' || word === 'Strong') return { word, advice: '' }
  if (withoutKnown !== lower) return { word, advice: 'others know a part of it' }
  if (withoutTried !== withoutKnown) return { word, advice: 'it holds a word that everybody tries' }
  if (length < password.length - 2) return { word, advice: 'it repeats itself or follows a row' }
  return { word, advice: 'longer is better: three words that do not belong together' }
}

/** Characters that come from nothing before them: what repeats or goes on along a row counts for nothing. */
function lengthOfSteps(text: string): number {
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const pair = text.slice(at - 1, at + 1)
    const isStep =
      at > 0 && (pair[0] === pair[1] || rows.some((row) => row.includes(pair) || row.includes([...pair].toReversed().join(''))))
    const isEcho = at >= 3 && text.slice(0, at).includes(text.slice(at - 2, at + 1))
    if (!isStep && !isEcho) length++
  }
  return length
}
