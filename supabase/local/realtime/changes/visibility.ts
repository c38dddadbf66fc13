import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { Claims } from '../../claims.ts'
import { actAs } from '../authorize.ts'
import type { Tuple } from '../replication/pgoutput.ts'
import type { TableInfo } from './catalog.ts'

/**
 * Waits until a committed transaction is visible to new snapshots. The stream can be ahead of that, and
 * whoever looks too early does not find the row.
 */
export async function waitUntilVisible(sql: Sql, xid: number): Promise<void> {
  for (let pauseInMs = 1; ; pauseInMs = Math.min(20, pauseInMs * 2)) {
    // The stream has only the lower half of the 64-bit id; the newest id tells the upper one.
    const [row] = await sql<{ visible: boolean }[]>`
      with now as (select pg_current_snapshot() as snapshot, pg_snapshot_xmax(pg_current_snapshot())::text::numeric as newest),
           full_id as (
             select snapshot, newest, div(newest, 4294967296) * 4294967296 + ${xid}::int8 as id from now
           )
      select pg_visible_in_snapshot(
        (case when id > newest then id - 4294967296 else id end)::text::xid8, snapshot) as visible from full_id`
    if (row?.visible) return
    await delay(pauseInMs)
  }
}

/** Whether row level security shows this row to the person. `row` must hold the primary key. */
export async function canSee(sql: Sql, claims: Claims, table: TableInfo, row: Tuple): Promise<boolean> {
  const keys = table.columns.filter((column) => column.isPrimaryKey)
  const where = keys.map(
    ({ name, sqlType }, at) => `"${name.replaceAll('"', '""')}" = ($${at + 1}::text)::${sqlType}`,
  )
  const values = keys.map(({ name }) => row.get(name) ?? null)
  return sql.begin(async (tx) => {
    await actAs(tx, claims)
    const rows = await tx.unsafe(`select 1 from ${table.qualifiedName} where ${where.join(' and ')}`, values)
    return rows.length > 0
  })
}
