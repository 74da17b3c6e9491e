/** What becomes of the staged rows of a backup: a verdict about each, then all of one verdict in one statement. */
import { type RawBuilder, sql } from 'kysely'
import type { BackupFile, BackupPart, BackupTable, Restoring, Verdict } from './backup-part.ts'
import { columnsOf } from './whole-rows.ts'

const staged = (table: BackupTable) => sql.table(`staged_${table.table}`)
export const verdictsOf = (table: BackupTable) => sql.table(`verdicts_${table.table}`)

const sameKey = (table: BackupTable, a: string, b: string) =>
  sql.join([sql`true`, ...table.key.map((name) => sql`${sql.ref(`${a}.${name}`)} = ${sql.ref(`${b}.${name}`)}`)], sql` and `)

export const isNewer = sql`staged.updated_at > present.updated_at`

/**
 * A row that is not here is added. Of one that is here the whole is taken when `newer` holds (`staged` and `present` are
 * the two rows), else what is here stays.
 */
export async function judge({ db, userId, replaces }: Restoring, table: BackupTable, newer: RawBuilder<unknown> = isNewer): Promise<void> {
  const both = sql`present.user_id = ${userId}::uuid and ${sameKey(table, 'present', 'staged')} and not ${replaces}`
  // What is about to change must not be changed by others in between.
  await sql`
    select count(*) from (select 1 from ${sql.table(table.table)} as present join ${staged(table)} as staged on ${both}
      where ${newer} for no key update of present) as locked`.execute(db)
  const ids = table.key.map((name) => sql`${sql.ref(`staged.${name}`)}, `)
  await sql`
    create temp table ${verdictsOf(table)} on commit drop as
    select ${sql.join(ids, sql``)} case when present.user_id is null then 'added' when ${newer} then 'updated' else 'kept' end as verdict,
      null::text as reason
    from ${staged(table)} as staged left join ${sql.table(table.table)} as present on ${both}`.execute(db)
  await sql`analyze ${verdictsOf(table)}`.execute(db)
}

/** Of a staged row. */
export const isJudged = (table: BackupTable, ...wanted: Verdict[]) => sql`exists (
  select 1 from ${verdictsOf(table)} as judged where ${sameKey(table, 'judged', 'staged')} and judged.verdict = any(${wanted}::text[]))`

/** Of a staged row with `job_id` and `application_id`: the records that it names, if it names any, are here. */
export function isAboutWhatIsHere({ userId }: Restoring): RawBuilder<unknown> {
  const isHere = (table: 'jobs' | 'applications', by: string) => sql`(${sql.ref(`staged.${by}`)} is null or exists (
    select 1 from ${sql.table(table)} as kept where kept.user_id = ${userId}::uuid and kept.id = ${sql.ref(`staged.${by}`)}))`
  return sql`${isHere('jobs', 'job_id')} and ${isHere('applications', 'application_id')}`
}

/** Other values for some columns; `staged` is the row. */
type Instead = Record<string, RawBuilder<unknown>>

/** Adds the staged rows for which `where` holds. */
export async function insertStaged(
  { db, userId, columns }: Restoring,
  table: BackupTable,
  where: RawBuilder<unknown> = isJudged(table, 'added'),
  instead: Instead = {},
): Promise<void> {
  const names = columnsOf(columns, table).map(({ name }) => name)
  await sql`
    insert into ${sql.table(table.table)} (user_id, ${sql.join(names.map((name) => sql.ref(name)))})
    select ${userId}::uuid, ${sql.join(names.map((name) => instead[name] ?? sql.ref(`staged.${name}`)))}
    from ${staged(table)} as staged where ${where}`.execute(db)
}

/** Makes the rows that are here what was staged. `present` is the row as it was. */
export async function updateStaged(
  { db, userId, columns }: Restoring,
  table: BackupTable,
  where: RawBuilder<unknown> = isJudged(table, 'updated'),
  instead: Instead = {},
): Promise<void> {
  const names = columnsOf(columns, table)
    .map(({ name }) => name)
    .filter((name) => !table.key.includes(name))
  const values = names.map((name) => sql`${sql.ref(name)} = ${instead[name] ?? sql.ref(`staged.${name}`)}`)
  await sql`
    update ${sql.table(table.table)} as present set ${sql.join(values)} from ${staged(table)} as staged
    where present.user_id = ${userId}::uuid and ${sameKey(table, 'present', 'staged')} and ${where}`.execute(db)
}

export async function clearTable({ db, userId }: Restoring, table: BackupTable): Promise<void> {
  await sql`delete from ${sql.table(table.table)} where user_id = ${userId}::uuid`.execute(db)
}

/** A file of at most one row a person: the newer one stays, but for an account that was just made. */
export function onlyRow(name: BackupFile['name'], table: BackupTable): BackupPart {
  const isOther = sql`staged.updated_at <> present.updated_at`
  return {
    files: [{ name, layout: 'one', tables: [table] }],
    units: [table],
    judge: (to) => judge(to, table, to.intoEmpty ? isOther : isNewer),
    write: async (to) => {
      await updateStaged(to, table)
      await insertStaged(to, table)
    },
    clear: (to) => clearTable(to, table),
  }
}
