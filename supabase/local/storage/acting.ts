import type { Sql, TransactionSql } from 'postgres'
import type { Claims } from '../claims.ts'

/**
 * Runs `work` in a transaction as the person: their role and claims hold for every statement, so row level
 * security decides. `operation` is what `storage.operation()` says to policies.
 */
export async function asPerson<T>(
  sql: Sql,
  claims: Claims,
  operation: string,
  work: (tx: TransactionSql) => Promise<T>,
): Promise<T> {
  const result = await sql.begin(async (tx) => {
    await tx`select set_config('role', ${claims.role}, true),
                    set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
                    set_config('request.jwt.claim.sub', ${claims.sub ?? ''}, true),
                    set_config('storage.operation', ${operation}, true)`
    return { value: await work(tx) }
  })
  return result.value
}

class Undo extends Error {}

/**
 * Like `asPerson`, but leaves nothing behind: whether the statements would be allowed is all that is asked.
 * Statements here must not use RETURNING, which would ask for SELECT rights too.
 */
export async function probeAsPerson(
  sql: Sql,
  claims: Claims,
  operation: string,
  work: (tx: TransactionSql) => Promise<unknown>,
): Promise<void> {
  const undo = new Undo()
  try {
    await asPerson(sql, claims, operation, async (tx) => {
      await work(tx)
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
}
