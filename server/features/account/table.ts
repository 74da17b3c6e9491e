import type { Generated } from 'kysely'

export type UsersTable = {
  id: string
  email: string | null
  is_local: boolean
  name: Generated<string>
  email_verified: Generated<boolean>
  image: Generated<string | null>
  is_admin: Generated<boolean>
  disabled_at: Generated<string | null>
  created_at: string
  updated_at: Generated<string>
}

/** Written by better-auth; read by who-is-asking.ts. */
export type SessionsTable = {
  id: string
  user_id: string
  token: string
  expires_at: string
  ip_address: string | null
  user_agent: string | null
  created_at: string
  updated_at: string
}

/** Written by better-auth, which calls it account. */
export type SignInMethodsTable = {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  password: string | null
}

/** Written by better-auth. */
export type VerificationsTable = { id: string; identifier: string; value: string; expires_at: string }

export type InvitesTable = {
  id: string
  user_id: string
  email: string | null
  hash: Buffer
  /** Handed to the mail server for `email`. */
  sent: Generated<boolean>
  expires_at: string
  used_at: Generated<string | null>
  created_at: string
}
