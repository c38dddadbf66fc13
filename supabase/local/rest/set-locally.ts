import type { PostgresConnection } from '@supabase/lite/postgres'

export type Db = Parameters<Parameters<PostgresConnection['withContext']>[1]>[0]

/** Who sends a request, as lite hands it on; none of it is typed there. */
type Sender = {
  auth?: { role?: string; uid?: unknown; jwt?: unknown }
  storage?: { operation?: unknown }
}

/** What a request is, as functions can read it (PostgREST, "Transaction-scoped settings"). */
type RpcRequest = { method: string; path: string; requestHeaders?: Record<string, string> }

/** Settings of the transaction under way, in one statement: each one costs two trips to the database. */
async function setLocally(db: Db, settings: [name: string, value: string][]): Promise<void> {
  await db
    .selectNoFrom((eb) =>
      settings.map(([name, value]) =>
        eb.fn('set_config', [eb.val(name), eb.val(value), eb.lit(true)]).as(name),
      ),
    )
    .execute()
}

/** Who asks. */
export function setSender(db: Db, { auth, storage }: Sender): Promise<void> {
  const role = auth?.role || 'anon'
  return setLocally(db, [
    ['role', role],
    ['request.jwt.claim.sub', String(auth?.uid ?? '')],
    ['request.jwt.claim.role', role],
    ['storage.operation', String(storage?.operation ?? '')],
    ...(auth?.jwt && typeof auth.jwt === 'object'
      ? [['request.jwt.claims', JSON.stringify(auth.jwt)] as [string, string]]
      : []),
  ])
}

/** What is asked; the answer's status and headers are there for the function to fill. */
export function setRequest(db: Db, { method, path, requestHeaders = {} }: RpcRequest): Promise<void> {
  return setLocally(db, [
    ['response.status', ''],
    ['response.headers', ''],
    ['request.method', method],
    ['request.path', path],
    ['request.headers', JSON.stringify(requestHeaders)],
  ])
}
