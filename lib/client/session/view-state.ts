import type { WayInUse } from '#lib/client/transports/transport.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { Member, Message, QueueItem, Session, Snapshot } from '#lib/protocol/session-state.ts'
import type { Tip, TipFigures } from '#lib/protocol/tips.ts'

/** How the room stands to its session. `broken` is said only after reconnecting has failed for a while. */
export type ConnectionStatus =
  | { status: 'connecting' }
  | { status: 'live' }
  | { status: 'catching_up' }
  | { status: 'broken'; sinceInMs: number }

/** `way`: what carries the session down, or did last; null before anything was open. */
export type Connection = ConnectionStatus & { way: WayInUse | null }

/** A chat message; one's own is shown before the server has it, under the same id. */
export type ViewMessage =
  | (Message & { delivery: 'sent' })
  | (Message & { delivery: 'pending'; commandId: string })
  | (Message & { delivery: 'failed'; commandId: string; code: ErrorCode })

/** A waiting item with its votes, one's own unsettled vote included. */
export type ViewQueueItem = QueueItem & { votes: number; voted: boolean }

/** What a room shows. Each field keeps its identity until it changes, so that React can select slices. */
export type RoomView = {
  status: 'ready'
  connection: Connection
  session: Session
  me: Snapshot['me']
  /** Everybody with a membership that is known here: all of them in a small room. */
  members: readonly Member[]
  memberCount: number
  /** Who is connected now; names come from memberships only, a claimed presence names nobody. */
  here: readonly Member[]
  hereCount: number
  messages: readonly ViewMessage[]
  /** The waiting items in the order in which they will be played. */
  queue: readonly ViewQueueItem[]
  /** Every item that is known, also those that the timeline names: `itemsById[slot.itemId]`. */
  itemsById: Readonly<Record<string, QueueItem>>
  /** What sounds when; `cueAt(playback, serverNow)` says which item is at which position. */
  playback: Timeline
  dj: Snapshot['dj']
  live: Snapshot['live']
  /** The newest tips, oldest first. */
  tips: readonly Tip[]
  /** Null before there are tips or a goal. */
  tipFigures: TipFigures | null
  /** The life of the log, and where in it this view stands: for the debug panel. */
  epoch: string
  seq: number
}

export type SessionView =
  | { status: 'loading'; connection: Connection }
  | { status: 'refused'; code: ErrorCode }
  | RoomView
