import { limits } from '#lib/domain/limits/limits.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import { type Heartbeat, heartbeatResultSchema, leaseSchema } from '#lib/protocol/commands.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import type { RequestJson } from './session-api.ts'

/**
 * `lost`: another browser took the lease over, and this one has stopped. `refused`: this person may not play here, or
 * the session is over.
 */
export type DjLease =
  | { status: 'claiming' }
  | { status: 'held'; presentUntil: number }
  | { status: 'lost' }
  | { status: 'refused'; code: ErrorCode }

export type DjHeartbeatDeps = {
  sessionId: string
  request: RequestJson
  /** Server time by the synchronised clock; null before it is. */
  serverNowInMs: () => number | null
  /** Where this browser's player is in the music; null while it makes no sound. */
  positionInMs: () => number | null
  timeline: () => Timeline
  /**
   * For who stands in for the DJ: whether the lease is free. Only then do they take it, and they leave it without a word to
   * whoever takes it over. Absent for the DJ, who takes it at once.
   */
  isLeaseFree?: () => boolean
}

export type DjHeartbeat = {
  subscribe: (listener: () => void) => () => void
  getSnapshot: () => DjLease
  /** The lease that this browser holds, as far as it knows; null while it holds none. */
  leaseId: () => string | null
  /** Takes the lease (back): whichever browser held it stops. */
  takeOver: () => void
  destroy: () => void
}

const finalCodes: ReadonlySet<ErrorCode> = new Set(['not_allowed', 'session_ended', 'banned', 'not_found'])

/** Holds the DJ's lease for this browser: claims it, then says every 5 s where the DJ's own player is. */
export function startDjHeartbeat(deps: DjHeartbeatDeps): DjHeartbeat {
  const path = `/api/sessions/${deps.sessionId}`
  const listeners = new Set<() => void>()
  let lease: DjLease = { status: 'claiming' }
  let leaseId: string | null = null
  let busy = false
  let destroyed = false

  const become = (next: DjLease): void => {
    lease = next
    for (const listener of listeners) listener()
  }

  const claim = async (): Promise<void> => {
    const claimed = await deps.request(`${path}/lease`, leaseSchema, {})
    leaseId = claimed.leaseId
    if (!destroyed) become({ status: 'held', presentUntil: claimed.presentUntil })
  }

  const beat = async (heldLeaseId: string): Promise<void> => {
    const at = deps.serverNowInMs()
    if (at === null) return
    const { rev } = deps.timeline()
    const heartbeat: Heartbeat = { leaseId: heldLeaseId, rev, positionInMs: deps.positionInMs(), at }
    const { presentUntil } = await deps.request(`${path}/heartbeat`, heartbeatResultSchema, heartbeat)
    if (!destroyed) become({ status: 'held', presentUntil })
  }

  /** What fails otherwise, such as the network, is tried again with the next beat. */
  const refuse = (code: ErrorCode): void => {
    if (code === 'lease_lost' && deps.isLeaseFree) {
      leaseId = null
      become({ status: 'claiming' })
    } else if (code === 'lease_lost') become({ status: 'lost' })
    else if (finalCodes.has(code)) become({ status: 'refused', code })
  }

  const tick = async (): Promise<void> => {
    if (busy || destroyed || lease.status === 'lost' || lease.status === 'refused') return
    busy = true
    try {
      if (leaseId) await beat(leaseId)
      else if (deps.isLeaseFree?.() ?? true) await claim()
    } catch (thrown) {
      if (!destroyed) refuse(thrown instanceof CodedError ? thrown.code : 'internal')
    }
    busy = false
  }

  const timer = setInterval(tick, limits.heartbeatIntervalInMs)
  void tick()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => lease,
    leaseId: () => (lease.status === 'held' ? leaseId : null),
    takeOver: () => {
      leaseId = null
      become({ status: 'claiming' })
      void tick()
    },
    destroy: () => {
      destroyed = true
      clearInterval(timer)
      listeners.clear()
    },
  }
}
