import { limits } from '#lib/domain/limits/limits.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import { type Heartbeat, heartbeatResultSchema, leaseSchema } from '#lib/protocol/commands.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { createAlarm } from '../alarm.ts'
import type { KeptLease } from './kept-lease.ts'
import type { RequestJson } from './session-api.ts'

/**
 * `lost`: another browser took the lease over, and this one has stopped. `on_air_elsewhere`: another window broadcasts under
 * it and keeps it. `refused`: this person may not play here, or
 * the session is over.
 */
export type DjLease =
  | { status: 'claiming' }
  | { status: 'held'; presentUntil: number }
  | { status: 'lost' }
  | { status: 'on_air_elsewhere' }
  | { status: 'refused'; code: ErrorCode }

export type DjHeartbeatDeps = {
  sessionId: string
  request: RequestJson
  /** Server time by the synchronised clock; null before it is. */
  serverNowInMs: () => number | null
  /** Where this browser's player is in the music; null while it makes no sound. */
  positionInMs: () => number | null
  timeline: () => Timeline
  /** Whether nobody holds the lease, as far as the room knows. */
  isLeaseFree: () => boolean
  /** Who stands in for the DJ takes the lease only while it is free, and leaves it without a word to whoever takes it over. */
  standsIn: boolean
  /** Over a reload of this tab: what it sent before nobody can go on with, and its lease is its own. */
  kept: KeptLease
}

export type DjHeartbeat = {
  subscribe: (listener: () => void) => () => void
  getSnapshot: () => DjLease
  /** The lease that this browser holds, as far as it knows; null while it holds none. */
  leaseId: () => string | null
  /** Takes the lease (back): whichever browser held it stops, and stops broadcasting. */
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
  let takesOver = deps.kept.wasHeld
  let busy = false
  let destroyed = false

  const become = (next: DjLease): void => {
    lease = next
    deps.kept.note(next.status === 'held')
    for (const listener of listeners) listener()
  }

  const claim = async (): Promise<void> => {
    const claimed = await deps.request(`${path}/lease`, leaseSchema, { takesOver })
    leaseId = claimed.leaseId
    takesOver = false
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
    if (code === 'lease_lost' && deps.standsIn) {
      leaseId = null
      become({ status: 'claiming' })
    } else if (code === 'on_air' && !deps.standsIn) become({ status: 'on_air_elsewhere' })
    else if (code === 'lease_lost') become({ status: 'lost' })
    else if (finalCodes.has(code)) become({ status: 'refused', code })
  }

  /** What another window broadcasts under is not asked for again and again: only once that window is gone. */
  const mayClaim = (): boolean =>
    deps.standsIn || lease.status === 'on_air_elsewhere' ? takesOver || deps.isLeaseFree() : true

  const tick = async (): Promise<void> => {
    if (busy || destroyed || lease.status === 'lost' || lease.status === 'refused') return
    busy = true
    try {
      if (leaseId) await beat(leaseId)
      else if (mayClaim()) await claim()
    } catch (thrown) {
      if (!destroyed) refuse(thrown instanceof CodedError ? thrown.code : 'internal')
    }
    busy = false
  }

  // A silent tab that is hidden would miss the lease with timers of its own.
  const alarm = createAlarm(beatOn)
  function beatOn(): void {
    alarm.set(limits.heartbeatIntervalInMs)
    void tick()
  }
  beatOn()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => lease,
    leaseId: () => (lease.status === 'held' ? leaseId : null),
    takeOver: () => {
      leaseId = null
      takesOver = true
      become({ status: 'claiming' })
      void tick()
    },
    destroy: () => {
      destroyed = true
      alarm.destroy()
      listeners.clear()
    },
  }
}
