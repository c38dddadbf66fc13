import type { Sql } from 'postgres'
import type { Tuple } from '../replication/pgoutput.ts'
import type { TableInfo } from './catalog.ts'
import { type Filter, toSql } from './filter.ts'

/** JSON texts of a row's values, by column. */
export type JsonRow = Map<string, string>

/**
 * Turns a changed row's values into JSON and decides sets of filters on it, in one query: PostgreSQL knows
 * its types, comparisons and patterns best. `filterSets` holds each set once; the answers come in its order.
 */
export async function evaluate(
  sql: Sql,
  table: TableInfo,
  rows: { before: Tuple | null; after: Tuple | null },
  filterSets: Filter[][],
): Promise<{ before: JsonRow; after: JsonRow; holds: boolean[] }> {
  const parameters: (string | null)[] = []
  const parameter = (value: string | null) => `$${parameters.push(value)}`
  const types = new Map(table.columns.map((column) => [column.name, column.sqlType]))
  const expressions: string[] = []

  const addRow = (row: Tuple | null) => {
    const columns = [...(row ?? [])].filter(([name]) => types.has(name))
    for (const [name, value] of columns) {
      expressions.push(`coalesce(to_jsonb((${parameter(value)}::text)::${types.get(name)}), 'null')::text`)
    }
    return columns.map(([name]) => name)
  }
  const beforeNames = addRow(rows.before)
  const afterNames = addRow(rows.after)

  const subject = rows.after ?? rows.before
  for (const filters of filterSets) {
    const conditions = filters.map((filter) => {
      const value = subject?.get(filter.column)
      const type = types.get(filter.column)
      // A value that was not sent decides nothing.
      if (value === undefined || type === undefined) return 'false'
      return toSql(filter, type, parameter(value), filter.operator === 'is' ? '' : parameter(filter.value))
    })
    expressions.push(`(${['true', ...conditions].join(' and ')})`)
  }

  const [row = []] = await sql.unsafe(`select ${expressions.join(', ') || 'true'}`, parameters).values()
  const take = (names: string[], from: number): JsonRow =>
    new Map(names.map((name, at) => [name, String(row[from + at])]))
  const filtersFrom = beforeNames.length + afterNames.length
  return {
    before: take(beforeNames, 0),
    after: take(afterNames, beforeNames.length),
    holds: filterSets.map((_, at) => row[filtersFrom + at] === true),
  }
}
