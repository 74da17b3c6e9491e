import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { CreatedToken, NewToken, TokenList, TokenListQuery } from '../../../contract/tokens.ts'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { conflict, invalid, notFound } from '../../errors.ts'
import { hashToken, type User } from '../../http/who-is-asking.ts'
import { hintSignedOut } from '../../live/live.ts'
import { countTokens, deleteToken, insertToken, listTokens } from './queries.ts'

const most = 100

export const findTokens = (app: App, user: User, query: TokenListQuery): Promise<TokenList> => listTokens(app.db, user.id, query)

export function createToken(app: App, user: User, wanted: NewToken): Promise<CreatedToken> {
  const now = app.now().toISOString()
  if (wanted.expires_at !== null && wanted.expires_at <= now)
    throw invalid({ field: 'expires_at', code: 'in_the_past', message: 'must be in the future' })
  // As guessable as a key of 256 bits; the prefix is there to be found by who searches for leaked secrets.
  const token = `ldd_${randomBytes(32).toString('base64url')}`
  return inTransaction(app, async (app) => {
    await takeTurn(app, `tokens ${user.id}`)
    if ((await countTokens(app.db, user.id)) >= most) throw conflict(`You have ${most} tokens, which is the most. Remove one first.`)
    const made = await insertToken(app.db, user.id, {
      id: uuidv7(),
      ...wanted,
      prefix: token.slice(0, 8),
      hash: hashToken(token),
      created_at: now,
    })
    return { ...made, token }
  })
}

export async function removeToken(app: App, user: User, id: string): Promise<void> {
  if (!(await deleteToken(app.db, user.id, id))) throw notFound('token')
  hintSignedOut(app, user.id)
}
