import type { Sql } from 'postgres'
import type { PostgresChangeParams } from '../protocol/join.ts'
import type { Catalog } from './catalog.ts'
import { type Filter, InvalidFilter, parseFilter, toSql } from './filter.ts'

export type ChangeType = 'INSERT' | 'UPDATE' | 'DELETE'

/** What a client wants to hear of. Schema and table may be `*`. */
export type ChangeRequest = {
  event: ChangeType | '*'
  schema: string
  table: string
  filters: Filter[]
  select: string[] | null
}

/** Why a subscription cannot be had; the text goes to the client. */
export class RefusedSubscription extends Error {}

export function parseChangeRequest(params: PostgresChangeParams): ChangeRequest {
  const { event = '*', schema, table, filter = '', select } = params
  if (schema === undefined && table === undefined) {
    throw new RefusedSubscription(
      'No subscription params provided. Please provide at least a `schema` or `table`',
    )
  }
  const type = event.toUpperCase()
  const isType = type === 'INSERT' || type === 'UPDATE' || type === 'DELETE'
  const request: ChangeRequest = {
    event: isType ? type : '*',
    schema: schema ?? 'public',
    table: table ?? '*',
    filters: tryParseFilter(filter),
    select: select && select.length > 0 ? select : null,
  }
  if (request.select && (request.schema === '*' || request.table === '*')) {
    throw new RefusedSubscription('Column selection is not supported for wildcard subscriptions.')
  }
  return request
}

/**
 * Checks a request against the database: the table is published, the role may read the columns that are
 * named, and the values fit their types. A mistake shows here and not when a row changes.
 */
export async function checkChangeRequest(
  sql: Sql,
  catalog: Catalog,
  request: ChangeRequest,
  role: string,
): Promise<void> {
  const about = `event: ${request.event}, schema: ${request.schema}, table: ${request.table}`
  const refuse = (reason: string) => {
    throw new RefusedSubscription(
      `Unable to subscribe to changes with given parameters. ${reason}: [${about}]`,
    )
  }
  const oids = await catalog.published(request.schema, request.table)
  if (oids.length === 0) refuse('Please check Realtime is enabled for the given connect parameters')
  for (const oid of oids) {
    const [table, rights] = await Promise.all([catalog.table(oid), catalog.rights(oid, role)])
    for (const name of [...request.filters.map((filter) => filter.column), ...(request.select ?? [])]) {
      if (!rights.readable.has(name)) refuse(`An exception happened: invalid column ${name}`)
    }
    for (const filter of request.filters) {
      const type = table?.columns.find((column) => column.name === filter.column)?.sqlType ?? 'text'
      // `''` where a pattern is matched: a null would not even look at the pattern.
      const sample = ['like', 'ilike', 'match', 'imatch'].includes(filter.operator) ? '' : null
      const values = filter.operator === 'is' ? [sample] : [sample, filter.value]
      await sql.unsafe(`select ${toSql(filter, type, '$1', '$2')}`, values).catch((error: unknown) => {
        refuse(`An exception happened: ${error instanceof Error ? error.message : error}`)
      })
    }
  }
}

function tryParseFilter(text: string): Filter[] {
  try {
    return parseFilter(text)
  } catch (error) {
    throw error instanceof InvalidFilter ? new RefusedSubscription(error.message) : error
  }
}
