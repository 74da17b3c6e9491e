import type { Generated } from 'kysely'
import type { Token } from '../../../contract/tokens.ts'

export type TokensTable = Omit<Token, 'last_used_at'> & { user_id: string; hash: Buffer; last_used_at: Generated<string | null> }
