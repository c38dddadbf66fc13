import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Claims } from '../../claims.ts'
import type { PostgresChangeParams } from '../protocol/join.ts'
import type { Changes } from './changes.ts'
import type { Watch, Watcher } from './registry.ts'
import { checkChangeRequest, parseChangeRequest } from './subscription.ts'

/** The subscriptions to row changes of one channel: all that it asked for are had, or none. */
export function createChannelWatches(sql: Sql, changes: Changes, params: PostgresChangeParams[]) {
  let watches: Watch[] = []
  let isOver = false

  /** Refuses with a `RefusedSubscription` where one of them cannot be had. */
  async function start(watcher: Watcher): Promise<void> {
    if (watches.length > 0) return
    const asked = params.map((one) => ({ id: idOf(one), request: parseChangeRequest(one), watcher }))
    for (const { request } of asked) {
      await checkChangeRequest(sql, changes.catalog, request, watcher.claims.role)
    }
    if (isOver) return
    watches = asked
    for (const watch of watches) changes.watches.add(watch)
  }

  return {
    /** What the reply to the join tells the client: its parameters, each with an id. */
    described: params.map((one) => ({ ...one, id: idOf(one) })),
    start,
    renew(claims: Claims) {
      for (const { watcher } of watches) watcher.claims = claims
    },
    stop() {
      isOver = true
      for (const watch of watches) changes.watches.remove(watch)
    },
  }
}

/** The same parameters have the same id in every channel, so that channels can share frames. */
function idOf(params: PostgresChangeParams): number {
  return createHash('sha1').update(JSON.stringify(params)).digest().readUInt32BE(0)
}
