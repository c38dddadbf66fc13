import type { Sql } from 'postgres'
import type { Relation, ReplicationMessage } from '../replication/pgoutput.ts'
import { createCatalog } from './catalog.ts'
import { type Change, deliverChange } from './deliver.ts'
import { createWatches } from './registry.ts'

/** Postgres Changes: row changes of published tables, told in the order of commits. */
export function createChanges(sql: Sql) {
  const catalog = createCatalog(sql)
  const watches = createWatches()
  let transaction = { xid: 0, committedAt: new Date(0) }
  let last = Promise.resolve()

  function handle(message: ReplicationMessage, relationOf: (oid: number) => Relation | undefined): void {
    if (message.kind === 'begin') transaction = message
    if (message.kind === 'relation') catalog.forget()
    if (message.kind !== 'insert' && message.kind !== 'update' && message.kind !== 'delete') return
    const relation = relationOf(message.relationOid)
    if (!relation) return
    const change: Change = {
      ...transaction,
      relation,
      type: ({ insert: 'INSERT', update: 'UPDATE', delete: 'DELETE' } as const)[message.kind],
      before: message.kind === 'insert' ? null : message.before,
      after: message.kind === 'delete' ? null : message.after,
    }
    if (watches.of(relation.schema, relation.table, change.type).length === 0) return
    last = last
      .then(() => deliverChange({ sql, catalog, watches }, change))
      .catch((error: unknown) => console.error('realtime: a change could not be told:', error))
  }

  return { handle, catalog, watches }
}

export type Changes = ReturnType<typeof createChanges>
