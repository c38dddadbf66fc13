import type { Revs } from '#lib/client/transports/transport.ts'
import { hintedRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { catchUpItemsMax, type Envelope } from '#lib/protocol/envelope.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { isFinalCode } from './final-codes.ts'
import { fromSnapshot, type RoomState, reduce } from './room-state.ts'
import type { SessionApi } from './session-api.ts'

/** `failing`: the server cannot be asked right now, and will be asked again. */
export type FollowerStatus = 'catching_up' | 'up_to_date' | 'failing'

export type FollowerDeps = {
  api: Pick<SessionApi, 'snapshot' | 'poll'>
  random: () => number
  /** The state after each change, with the envelope that brought it; without one it comes from a snapshot. */
  onState: (state: RoomState, envelope: Envelope | null) => void
  onStatus: (status: FollowerStatus) => void
  /** The session is closed to this person; following has ended. */
  onRefused: (code: ErrorCode) => void
}

export type LogFollower = {
  /** An envelope in whatever order, once, twice or never. */
  receive: (envelope: Envelope) => void
  /** Asks what was missed: after the transport opened again, or the computer woke. */
  catchUp: () => void
  /** The event `seq` exists; asks for it unless it arrives by itself in a moment. */
  expect: (seq: number) => void
  /** The `seq` up to which everything is known; null while a snapshot is needed. */
  cursor: () => number | null
  /** The newest `rev`s that are known; null while a snapshot is needed. */
  revs: () => Revs | null
  destroy: () => void
}

const patienceInMs = 1_500
const bufferMax = 500

/**
 * Follows a session's log by the rule of every client: buffer, fetch a snapshot, drop what it has, apply in order;
 * a hole is fetched, and what cannot be fetched any more is a new snapshot.
 */
export function createLogFollower(deps: FollowerDeps): LogFollower {
  let state: RoomState | null = null
  let snapshotNeeded = true
  let pollNeeded = false
  let behindUntil = 0
  let buffer: Envelope[] = []
  let running = false
  let destroyed = false
  let fruitlessPolls = 0
  let endWait = (): void => {}
  const patienceTimers = new Set<ReturnType<typeof setTimeout>>()

  const isOnlyPolling = () => !snapshotNeeded && state !== null && behindUntil <= state.seq
  const isBehind = () => pollNeeded || !isOnlyPolling()

  const apply = (envelope: Envelope): void => {
    if (!state) return
    const reduction = reduce(state, envelope)
    if (reduction.outcome === 'snapshot_needed') {
      snapshotNeeded = true
      return
    }
    state = reduction.state
    behindUntil = Math.max(behindUntil, reduction.behindUntil ?? 0)
    deps.onState(state, envelope)
  }

  const loadSnapshot = async (): Promise<void> => {
    const snapshot = await deps.api.snapshot()
    if (destroyed) return
    state = fromSnapshot(snapshot)
    behindUntil = state.seq
    fruitlessPolls = 0
    snapshotNeeded = false
    const missed = buffer
    buffer = []
    deps.onState(state, null)
    for (const envelope of missed) apply(envelope)
  }

  const pollOnce = async (after: RoomState): Promise<void> => {
    pollNeeded = false
    const answer = await deps.api.poll(after.seq).catch((error: unknown) => {
      pollNeeded = true
      throw error
    })
    if (destroyed || !state) return
    if ('reset' in answer) snapshotNeeded = true
    else {
      apply(answer)
      pollNeeded ||= answer.items.length >= catchUpItemsMax
    }
    // A log that has less than was announced would be asked for ever.
    fruitlessPolls = state.seq > after.seq ? 0 : fruitlessPolls + 1
    if (fruitlessPolls > 1 && behindUntil > state.seq) snapshotNeeded = true
  }

  const wait = (delayInMs: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, delayInMs)
      endWait = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const run = async (): Promise<void> => {
    if (running || destroyed) return
    running = true
    let attempt = 0
    while (!destroyed && isBehind()) {
      // A poll for safety's sake is no news to people.
      if (attempt === 0 && !isOnlyPolling()) deps.onStatus('catching_up')
      try {
        if (snapshotNeeded || !state) await loadSnapshot()
        else await pollOnce(state)
        attempt = 0
      } catch (thrown) {
        const { code, retryAfterInMs } = thrown instanceof CodedError ? thrown : new CodedError('internal')
        if (destroyed) return
        if (isFinalCode(code)) {
          destroy()
          deps.onRefused(code)
          return
        }
        deps.onStatus('failing')
        await wait(hintedRetryDelayInMs(attempt++, deps.random, retryAfterInMs))
      }
    }
    running = false
    if (!destroyed) deps.onStatus('up_to_date')
  }

  const destroy = (): void => {
    destroyed = true
    endWait()
    for (const timer of patienceTimers) clearTimeout(timer)
  }

  void run()
  return {
    receive: (envelope) => {
      if (destroyed) return
      if (snapshotNeeded) buffer = [...buffer, envelope].slice(-bufferMax)
      else if (envelope.epoch !== state?.epoch) buffer = [envelope]
      apply(envelope)
      if (isBehind()) void run()
    },
    catchUp: () => {
      pollNeeded = true
      endWait()
      void run()
    },
    expect: (seq) => {
      const timer = setTimeout(() => {
        patienceTimers.delete(timer)
        behindUntil = Math.max(behindUntil, seq)
        if (isBehind()) void run()
      }, patienceInMs)
      patienceTimers.add(timer)
    },
    cursor: () => (snapshotNeeded || !state ? null : state.seq),
    revs: () => {
      if (snapshotNeeded || !state) return null
      const { playback, tallies, dj } = state
      return { playback: playback.rev, tallies: tallies.rev, dj: dj.rev }
    },
    destroy,
  }
}
