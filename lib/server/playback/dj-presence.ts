import type { z } from 'zod'
import {
  type claimLeaseSchema,
  type Heartbeat,
  heartbeatResultSchema,
  leaseSchema,
} from '#lib/protocol/commands.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/**
 * Asks for the DJ's lease: the browser that held it before loses it. @throws CodedError `on_air` where that one broadcasts and
 * it is not `takesOver`
 */
export function claimLease(
  db: Db,
  sessionId: string,
  { takesOver }: z.infer<typeof claimLeaseSchema>,
): Promise<z.infer<typeof leaseSchema>> {
  return callFunction(db, 'claim_lease', { p_session_id: sessionId, p_takes_over: takesOver }, leaseSchema)
}

/** Records the heartbeat of the browser that holds the lease. @throws CodedError `lease_lost` for every other one. */
export function recordHeartbeat(
  db: Db,
  sessionId: string,
  { leaseId, rev, positionInMs, at }: Heartbeat,
): Promise<z.infer<typeof heartbeatResultSchema>> {
  const args = {
    p_session_id: sessionId,
    p_lease_id: leaseId,
    p_rev: rev,
    p_position_ms: positionInMs,
    p_at_ms: at,
  }
  return callFunction(db, 'record_heartbeat', args, heartbeatResultSchema)
}
