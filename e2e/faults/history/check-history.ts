import { checkClient } from './check-client.ts'
import { checkCommands } from './check-commands.ts'
import { checkLog } from './check-log.ts'
import { checkVotes } from './check-votes.ts'
import type { History } from './history.ts'

/**
 * `lost`: acknowledged and not there, or there and never shown. `doubled`: there, counted or shown twice. `disordered`:
 * against the order of the log, or a `rev` that fell. `diverged`: another state than the server's at the end.
 */
export type ViolationKind = 'lost' | 'doubled' | 'disordered' | 'diverged'
export type Violation = { kind: ViolationKind; what: string }

/** Everything in a history that breaks a promise; empty where all were kept. Pure. */
export function checkHistory(history: History): Violation[] {
  return [
    ...checkLog(history.server.log),
    ...checkCommands(history),
    ...checkVotes(history),
    ...history.clients.flatMap((client) => checkClient(client, history)),
  ]
}
