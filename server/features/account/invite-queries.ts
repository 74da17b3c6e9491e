import { type Kysely, sql } from 'kysely'
import type { AdminListQuery, Invite } from '../../../contract/admin.ts'
import { countUpTo, keysetPage } from '../../database/keyset.ts'
import type { Tables } from '../../database/tables.ts'
import type { InvitesTable } from './table.ts'

type Db = Kysely<Tables>

const columns = ['id', 'email', 'sent', 'expires_at', 'used_at', 'created_at'] as const satisfies (keyof Invite)[]

/** Of every admin: who has become one must be able to take back what another gave out. */
export async function listInvites(db: Db, { limit, cursor, sort }: AdminListQuery) {
  const page = await keysetPage<Invite>(db, {
    columns: sql.join(columns.map((name) => sql.ref(name))),
    from: sql`invites`,
    where: sql`true`,
    id: sql`id`,
    sort: { expression: sql`created_at`, type: 'timestamptz', nullable: false, descending: sort.startsWith('-') },
    limit,
    cursor,
    boundTo: ['invites', sort],
  })
  return { ...page, total: await countUpTo(db, sql`invites`, sql`true`) }
}

export function insertInvite(db: Db, invite: Omit<InvitesTable, 'sent' | 'used_at'>): Promise<Invite> {
  return db.insertInto('invites').values(invite).returning(columns).executeTakeFirstOrThrow()
}

export async function setInviteSent(db: Db, id: string): Promise<void> {
  await db.updateTable('invites').set({ sent: true }).where('id', '=', id).execute()
}

export async function deleteInvite(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('invites').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

export function findOpenInvite(db: Db, hash: Buffer, now: Date): Promise<Invite | undefined> {
  return db
    .selectFrom('invites')
    .select(columns)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
}

/** Takes the invitation for this address, once. Undefined: it was taken, is for somebody else, or has expired. */
export function claimInvite(db: Db, hash: Buffer, email: string, now: Date): Promise<Invite | undefined> {
  return db
    .updateTable('invites')
    .set({ used_at: now.toISOString() })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .where((where) => where.or([where('email', 'is', null), where('email', '=', email)]))
    .returning(columns)
    .executeTakeFirst()
}

/** Takes any invitation that was sent to this address. */
export async function claimInviteOf(db: Db, email: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invites')
    .set({ used_at: now.toISOString() })
    .where('email', '=', email)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function giveInviteBack(db: Db, id: string): Promise<void> {
  await db.updateTable('invites').set({ used_at: null }).where('id', '=', id).execute()
}
