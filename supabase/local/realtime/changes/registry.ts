import type { Claims } from '../../claims.ts'
import type { Version } from '../protocol/message.ts'
import type { ChangeRequest, ChangeType } from './subscription.ts'

/** A channel that watches tables: `claims` are those of its newest token. */
export type Watcher = {
  version: Version
  topicName: string
  claims: Claims
  send: (frame: Buffer) => void
}
/** `id` is what the client knows the subscription by. */
export type Watch = { id: number; request: ChangeRequest; watcher: Watcher }

/** Who watches which table. */
export function createWatches() {
  const byTable = new Map<string, Set<Watch>>()

  function add(watch: Watch): void {
    const key = `${watch.request.schema}.${watch.request.table}`
    byTable.set(key, (byTable.get(key) ?? new Set()).add(watch))
  }

  function remove(watch: Watch): void {
    const key = `${watch.request.schema}.${watch.request.table}`
    const watches = byTable.get(key)
    watches?.delete(watch)
    if (watches?.size === 0) byTable.delete(key)
  }

  function of(schema: string, table: string, type: ChangeType): Watch[] {
    const keys = [`${schema}.${table}`, `${schema}.*`, `*.${table}`, '*.*']
    return keys
      .flatMap((key) => [...(byTable.get(key) ?? [])])
      .filter(({ request }) => request.event === '*' || request.event === type)
  }

  return { add, remove, of }
}

export type Watches = ReturnType<typeof createWatches>
