import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { App } from '../../app.ts'
import { inTransaction, takeTurn } from '../../database/transaction.ts'
import { conflict, notFound } from '../../errors.ts'

/** What belongs to the account itself and not to the search in it. */
const ofTheAccount = ['sessions', 'sign_in_methods', 'tokens', 'invites'] as const

/**
 * Hands the search that was kept with AUTH=off to an account. Not one record is moved, however many there are: the local user becomes
 * the account, takes over its e-mail, password and sessions, and its own row goes. Throws conflict when the account has a search already.
 */
export async function claimLocal(app: App, email: string): Promise<{ jobs: number }> {
  const { jobs, left } = await inTransaction(app, async (app) => {
    await takeTurn(app, 'admins')
    const account = await app.db
      .selectFrom('users')
      .selectAll()
      .where('email', '=', email.trim().toLowerCase())
      .where('is_local', '=', false)
      .executeTakeFirst()
    if (!account) throw notFound(`account with the e-mail ${email}`)
    const local = await app.db.selectFrom('users').select('id').where('is_local', '=', true).forUpdate().executeTakeFirst()
    if (!local) throw notFound('local search')
    const { rows } = await sql<{ mine: number; theirs: number }>`
      select count(*) filter (where user_id = ${local.id}) as mine, count(*) filter (where user_id = ${account.id}) as theirs
      from (select user_id from jobs union all select user_id from imports) as found`.execute(app.db)
    if (rows[0]?.theirs !== 0)
      throw conflict(
        `The account ${email} has jobs or imports of its own. Export those, delete them for good, and claim the local search then.`,
      )

    for (const table of ofTheAccount) {
      await sql`update ${sql.table(table)} set user_id = ${local.id} where user_id = ${account.id}`.execute(app.db)
    }
    // better-auth knows the method that is a password by the account's own id.
    await sql`update sign_in_methods set account_id = ${local.id} where account_id = ${account.id}`.execute(app.db)
    await app.db.deleteFrom('users').where('id', '=', account.id).execute()
    const { id: _, ...rest } = account
    await app.db.updateTable('users').set(rest).where('id', '=', local.id).execute()
    const counted = await sql<{ n: number }>`select count(*) as n from jobs where user_id = ${local.id} and deleted_at is null`.execute(
      app.db,
    )
    return { jobs: counted.rows[0]?.n ?? 0, left: account.id }
  })
  await rm(join(app.config.dataDir, 'backups', left), { recursive: true, force: true })
  return { jobs }
}
