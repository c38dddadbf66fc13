import { randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { Claims } from '../claims.ts'

export type Extension = 'broadcast' | 'presence'
export type ReadPolicies = Record<Extension, boolean>

/**
 * Asks the policies of `realtime.messages` what the person may read in a private topic: probe rows are
 * inserted, looked for as the person, and undone.
 */
export async function readPolicies(sql: Sql, claims: Claims, topic: string): Promise<ReadPolicies> {
  const probes = { broadcast: randomUUID(), presence: randomUUID() }
  const seen = new Set<string>()
  await undone(sql, async (tx) => {
    const [, , rows] = await Promise.all([
      tx`insert into realtime.messages (id, topic, extension, private)
         values (${probes.broadcast}, ${topic}, 'broadcast', true), (${probes.presence}, ${topic}, 'presence', true)`,
      actAs(tx, claims, topic),
      tx<
        { id: string }[]
      >`select id from realtime.messages where id in (${probes.broadcast}, ${probes.presence})`,
    ])
    for (const { id } of rows) seen.add(id)
  })
  return { broadcast: seen.has(probes.broadcast), presence: seen.has(probes.presence) }
}

/** Asks the policies whether the person may send in a private topic. */
export async function mayWrite(
  sql: Sql,
  claims: Claims,
  topic: string,
  extension: Extension,
): Promise<boolean> {
  try {
    await undone(sql, async (tx) => {
      await actAs(tx, claims, topic)
      await tx`insert into realtime.messages (topic, extension, private) values (${topic}, ${extension}, true)`
    })
    return true
  } catch (error) {
    // insufficient_privilege
    if ((error as { code?: unknown }).code === '42501') return false
    throw error
  }
}

/** Takes on a person's role and claims for the rest of a transaction. */
export function actAs(tx: TransactionSql, claims: Claims, topic = '') {
  return tx`select set_config('role', ${claims.role}, true),
                   set_config('realtime.topic', ${topic}, true),
                   set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
                   set_config('request.jwt.claim.sub', ${claims.sub ?? ''}, true),
                   set_config('request.jwt.claim.role', ${claims.role}, true)`
}

/** Runs a transaction that always ends in a rollback. */
async function undone(sql: Sql, work: (tx: TransactionSql) => Promise<void>): Promise<void> {
  const undo = new Error('undo')
  try {
    await sql.begin(async (tx) => {
      await work(tx)
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
}
