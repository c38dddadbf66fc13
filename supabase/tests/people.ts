import { randomUUID } from 'node:crypto'
import postgres, { type JSONValue, type PostgresError, type TransactionSql } from 'postgres'
import { afterAll, inject } from 'vitest'
import type { ErrorCode } from '#lib/protocol/errors.ts'

/** The superuser's connection: for setting scenes and for looking behind them. */
export const sql = postgres(inject('dbUrl'), { max: 12, onnotice: () => {} })
afterAll(() => sql.end())

type Args = Record<string, unknown>

/** Somebody who uses the API: each call is a transaction in their role and with their claims, as PostgREST makes it. */
export type Actor = {
  id: string
  name: string
  /** Calls a function of the schema `public` by name, as `rpc` does. */
  call: <T = Record<string, unknown>>(name: string, args?: Args) => Promise<T>
  /** Runs a statement on the tables, as REST does. */
  query: <T extends object = Record<string, unknown>>(text: string, params?: unknown[]) => Promise<T[]>
  /** Runs several statements in one transaction. */
  transaction: <T>(work: (tx: TransactionSql) => Promise<T>) => Promise<T>
}

/** A signed-in person with an account of their own; a guest has signed in anonymously. */
export async function person(
  name: string,
  { guest = false, metadata = {} }: { guest?: boolean; metadata?: Record<string, JSONValue> } = {},
): Promise<Actor> {
  const id = randomUUID()
  await sql`
    insert into auth.users (id, email, is_anonymous, raw_user_meta_data)
    values (${id}, ${guest ? null : `${id}@example.test`}, ${guest}, ${sql.json({ display_name: name, ...metadata })})`
  return actor(id, name, 'authenticated', { sub: id, role: 'authenticated', is_anonymous: guest })
}

/** Somebody who has not signed in. */
export const anon = actor('', 'anon', 'anon', { role: 'anon' })
/** The server and the worker. */
export const service = actor('', 'service', 'service_role', { role: 'service_role' })

function actor(id: string, name: string, role: string, claims: Record<string, JSONValue>): Actor {
  const transaction: Actor['transaction'] = (work) =>
    sql.begin(async (tx) => {
      await tx`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`
      return await work(tx)
    }) as Promise<never>
  return {
    id,
    name,
    transaction,
    query: (text, params = []) => transaction((tx) => tx.unsafe(text, params as never[])) as Promise<never>,
    call: (functionName, args = {}) =>
      transaction(async (tx) => {
        const names = Object.keys(args)
        const list = names.map((key, index) => `${key} => $${index + 1}`).join(', ')
        const values = names.map((key) => args[key]) as never[]
        const [row] = await tx.unsafe(`select public.${functionName}(${list}) as answer`, values)
        return row?.answer
      }),
  }
}

export type Refusal = { code: ErrorCode | string; detail: Record<string, unknown> }

/** The refusal that a call ends in: our own code, or PostgreSQL's SQLSTATE where the database itself forbids it. */
export async function refusal(attempt: Promise<unknown>): Promise<Refusal> {
  const error = await attempt.then(
    () => null,
    (reason: PostgresError) => reason,
  )
  if (!error) throw new Error('expected a refusal, but it was allowed')
  if (error.code === 'P0001') return { code: error.message, detail: JSON.parse(error.detail ?? '{}') }
  if (!error.code) throw error
  return { code: error.code, detail: { message: error.message } }
}

/** Only the code of a refusal. */
export async function refused(attempt: Promise<unknown>): Promise<string> {
  return (await refusal(attempt)).code
}
