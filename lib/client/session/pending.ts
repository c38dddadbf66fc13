import type { Envelope } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { RoomState } from './room-state.ts'

/** A message of one's own on its way; `acknowledged` means committed, with its echo still to come. */
export type PendingMessage = {
  commandId: string
  text: string
  at: number
  state: { is: 'sending' } | { is: 'acknowledged'; seq: number | null } | { is: 'failed'; code: ErrorCode }
}

/** A vote of one's own that the tallies do not count yet. */
export type PendingVote = {
  commandId: string
  itemId: string
  voted: boolean
  /** What it adds to the tally that does not count it. */
  delta: number
  /** The tallies' `rev` when it was given: only later ones can count it. */
  sinceRev: number
  acknowledged: boolean
}

/** What this person did that the server has not shown yet. Immutable, pure. */
export type Pending = {
  messages: readonly PendingMessage[]
  votes: readonly PendingVote[]
  /** The items this person votes for, as far as the server has confirmed it. */
  myVotes: ReadonlySet<string>
}

export function noPending(myVotes: readonly string[] = []): Pending {
  return { messages: [], votes: [], myVotes: new Set(myVotes) }
}

export function addMessage(pending: Pending, message: Omit<PendingMessage, 'state'>): Pending {
  const others = pending.messages.filter(({ commandId }) => commandId !== message.commandId)
  return { ...pending, messages: [...others, { ...message, state: { is: 'sending' } }] }
}

export function addVote(pending: Pending, vote: Omit<PendingVote, 'acknowledged' | 'delta'>): Pending {
  const others = pending.votes.filter(({ itemId }) => itemId !== vote.itemId)
  const delta = Number(vote.voted) - Number(pending.myVotes.has(vote.itemId))
  return { ...pending, votes: [...others, { ...vote, delta, acknowledged: false }] }
}

/** The server committed the command, and wrote the event `seq` for it. */
export function acknowledge(pending: Pending, commandId: string, seq: number | null): Pending {
  const vote = pending.votes.find((candidate) => candidate.commandId === commandId)
  return {
    messages: pending.messages.map((message) =>
      message.commandId === commandId ? { ...message, state: { is: 'acknowledged', seq } } : message,
    ),
    votes: pending.votes.map((candidate) =>
      candidate === vote ? { ...candidate, acknowledged: true } : candidate,
    ),
    myVotes: vote ? withVote(pending.myVotes, vote) : pending.myVotes,
  }
}

/** The server refused the command: a message stays to be seen as failed, a vote is taken back. */
export function fail(pending: Pending, commandId: string, code: ErrorCode): Pending {
  return {
    ...pending,
    messages: pending.messages.map((message) =>
      message.commandId === commandId ? { ...message, state: { is: 'failed', code } } : message,
    ),
    votes: pending.votes.filter((vote) => vote.commandId !== commandId),
  }
}

export function discardMessage(pending: Pending, commandId: string): Pending {
  return { ...pending, messages: pending.messages.filter((message) => message.commandId !== commandId) }
}

/** Drops the messages that the state shows by now, and the acknowledged votes that its tallies count. */
export function settle(pending: Pending, state: RoomState, envelope?: Envelope): Pending {
  const echoed = new Set(envelope?.items.map(({ commandId }) => commandId))
  const messages = pending.messages.filter(
    (message) => !echoed.has(message.commandId) && !isShown(message, state),
  )
  const votes = pending.votes.filter(
    ({ acknowledged, sinceRev }) => !(acknowledged && state.tallies.rev > sinceRev),
  )
  const unchanged = messages.length === pending.messages.length && votes.length === pending.votes.length
  return unchanged ? pending : { ...pending, messages, votes }
}

function withVote(votes: ReadonlySet<string>, { itemId, voted }: PendingVote): Set<string> {
  const changed = new Set(votes)
  if (voted) changed.add(itemId)
  else changed.delete(itemId)
  return changed
}

function isShown({ state }: PendingMessage, { seq }: RoomState): boolean {
  return state.is === 'acknowledged' && state.seq !== null && state.seq <= seq
}
