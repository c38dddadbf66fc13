import type { ConnectionContextOptions, IntrospectResult, VarsContext } from '@supabase/lite'
import { PostgresConnection } from '@supabase/lite/postgres'
import { forLite, RefusedByDatabase } from './refusal.ts'
import { type Db, setRequest, setSender } from './set-locally.ts'
import { columnTypes } from './types.ts'

/**
 * lite's connection to PostgreSQL with what it does differently from PostgREST put right. Each correction has
 * a test in rest.test.ts.
 */
export class RestConnection extends PostgresConnection {
  readonly #exposedSchemas: string[]
  #schema: Promise<IntrospectResult> | undefined

  constructor(dbUrl: string, exposedSchemas: string[]) {
    super({ url: dbUrl, postgresOptions: { max: 20, onnotice: () => {}, types: columnTypes } })
    this.#exposedSchemas = exposedSchemas
    // lite would grant everything on every schema with RLS at the first request and so undo every REVOKE.
    Object.assign(this, { rlsState: 'active' })
    // It would set eleven settings of a call one by one.
    Object.assign(this, { applyJwtSessionContext: setSender, applyRpcRequestGucs: setRequest })
  }

  forgetSchema(): void {
    this.#schema = undefined
  }

  /** Only what clients may reach: lite looks tables up by name alone, and `auth` has a table `sessions` too. */
  override introspect(): Promise<IntrospectResult> {
    this.#schema ??= super.introspect({ useCache: false }).then((all) => {
      if (all.functions) return onlySchemas(all, this.#exposedSchemas)
      // lite takes a schema that it could not read for an empty one, and everything would be 404 from now on.
      this.forgetSchema()
      throw new RefusedByDatabase(503, schemaNotRead)
    })
    return this.#schema
  }

  override async withContext<T>(
    vars: VarsContext | undefined,
    run: (db: Db) => Promise<T>,
    options?: ConnectionContextOptions,
  ): Promise<T> {
    try {
      return await super.withContext(vars, run, options)
    } catch (error) {
      throw forLite(error, vars)
    }
  }

  /** A refusal carries its finished answer; thrown from here it bypasses lite's table of errors and its log. */
  override normalizeDbError(error: unknown): unknown {
    if (error instanceof RefusedByDatabase) throw error
    return error
  }
}

/** Source: PostgREST's reference, "Errors". */
const schemaNotRead = {
  code: 'PGRST002',
  message: 'Could not query the database for the schema cache. Retrying.',
  details: null,
  hint: null,
}

function onlySchemas(all: IntrospectResult, schemas: string[]): IntrospectResult {
  const exposed = <T extends { schema?: string }>(list: T[]) =>
    list.filter((one) => schemas.includes(one.schema ?? 'public'))
  return {
    ...all,
    tables: exposed(all.tables),
    views: exposed(all.views),
    columns: exposed(all.columns),
    foreign_keys: exposed(all.foreign_keys).filter((key) => schemas.includes(key.ref_schema ?? 'public')),
    primary_keys: exposed(all.primary_keys),
    unique_constraints: exposed(all.unique_constraints),
    indexes: exposed(all.indexes),
  }
}
