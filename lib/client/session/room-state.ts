import { newerTimeline } from '#lib/domain/timeline/timeline.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { QueueItem, SessionState, Snapshot } from '#lib/protocol/session-state.ts'
import type { Tip } from '#lib/protocol/tips.ts'
import { applyEvent } from './apply-event.ts'

/** What the server has told so far, as of `seq`. Immutable. */
export type RoomState = Omit<Snapshot, 'queue' | 'myVotes' | 'tips'> & {
  /** One's own votes when the snapshot was taken; later ones are one's own commands. */
  myVotesAtSnapshot: readonly string[]
  amBanned: boolean
  itemsById: Readonly<Record<string, QueueItem>>
  /** Items that left the waiting queue for the timeline. */
  startedItemIds: ReadonlySet<string>
  /** The newest tips, oldest first. */
  tips: readonly Tip[]
}

/** What an envelope did to the state. `behindUntil` is a `seq` that exists and has not arrived yet. */
export type Reduction =
  | { outcome: 'applied'; state: RoomState; behindUntil: number | null }
  /** The log is another one: only a new snapshot helps. */
  | { outcome: 'snapshot_needed' }

export function fromSnapshot({ queue, myVotes, ...snapshot }: Snapshot): RoomState {
  return {
    ...snapshot,
    myVotesAtSnapshot: myVotes,
    amBanned: false,
    itemsById: Object.fromEntries(queue.map((item) => [item.id, item])),
    startedItemIds: new Set(namedByTimeline(snapshot.playback)),
  }
}

/**
 * Applies the events that follow on the state without a gap, skips those it has, and leaves the rest for a catch-up.
 * The parts of which only the latest counts are taken by their `rev`, whether or not events are missing.
 */
export function reduce(state: RoomState, envelope: Envelope): Reduction {
  if (envelope.epoch !== state.epoch) return { outcome: 'snapshot_needed' }
  let next = envelope.state ? mergeState(state, envelope.state) : state
  for (const event of envelope.items) {
    if (event.seq === next.seq + 1) next = { ...applyEvent(next, event), seq: event.seq }
  }
  return { outcome: 'applied', state: next, behindUntil: envelope.to > next.seq ? envelope.to : null }
}

/** The items that a timeline names: what plays, and what is committed to play next. */
export function namedByTimeline(playback: RoomState['playback']): string[] {
  if (playback.status === 'idle') return []
  const next = playback.status === 'playing' ? playback.next : null
  return next ? [playback.current.itemId, next.itemId] : [playback.current.itemId]
}

function mergeState(known: RoomState, incoming: SessionState): RoomState {
  const { playback, tallies, dj, memberCount = known.memberCount, tipFigures = known.tipFigures } = incoming
  return {
    ...known,
    playback: playback ? newerTimeline(known.playback, playback) : known.playback,
    tallies: tallies && tallies.rev > known.tallies.rev ? tallies : known.tallies,
    dj: dj && dj.rev > known.dj.rev ? dj : known.dj,
    memberCount,
    ...(tipFigures && { tipFigures }),
  }
}
