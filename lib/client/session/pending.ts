import type { Acknowledgement } from '#lib/protocol/commands.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { RoomState } from './room-state.ts'

/** A message of one's own on its way; `acknowledged` means committed, with its echo still to come. */
export type PendingMessage = {
  commandId: string
  text: string
  at: number
  state: { is: 'sending' } | { is: 'acknowledged'; seq: number | null } | { is: 'failed'; code: ErrorCode }
}

/** A vote of one's own that the tallies may not count yet. */
export type PendingVote = {
  commandId: string
  itemId: string
  voted: boolean
  /** What it changes: +1, -1, or 0 where the server already knows it so. */
  delta: number
  /** The tally that its giver expects to see, at least (or, for a vote taken back, at most). */
  expectedVotes: number
  /** The `rev` of the tallies that count it; null until the server has it. */
  countedAtRev: number | null
}

/** What this person did that the server has not shown yet. Immutable, pure. */
export type Pending = {
  messages: readonly PendingMessage[]
  votes: readonly PendingVote[]
  /** The items this person votes for, as far as the server has confirmed it. */
  myVotes: ReadonlySet<string>
  /** What was confirmed since a snapshot was last asked for: it may have been taken before. */
  votedSinceAsked: ReadonlyMap<string, boolean>
}

export function noPending(myVotes: readonly string[] = []): Pending {
  return { messages: [], votes: [], myVotes: new Set(myVotes), votedSinceAsked: new Map() }
}

export function addMessage(pending: Pending, message: Omit<PendingMessage, 'state'>): Pending {
  const others = pending.messages.filter(({ commandId }) => commandId !== message.commandId)
  return { ...pending, messages: [...others, { ...message, state: { is: 'sending' } }] }
}

export function addVote(
  pending: Pending,
  { tallies }: RoomState,
  vote: Pick<PendingVote, 'commandId' | 'itemId' | 'voted'>,
): Pending {
  const { commandId, itemId, voted } = vote
  const others = pending.votes.filter((other) => other.itemId !== itemId)
  const delta = Number(voted) - Number(pending.myVotes.has(itemId))
  const expectedVotes = (tallies.votes[itemId] ?? 0) + delta
  return {
    ...pending,
    votes: [...others, { commandId, itemId, voted, delta, expectedVotes, countedAtRev: null }],
  }
}

/** How many votes to show for an item: the tally, or what a vote of one's own is about to make of it. */
export function shownVotes(tally: number, vote: PendingVote | undefined): number {
  if (!vote || vote.delta === 0) return tally
  return vote.delta > 0 ? Math.max(tally, vote.expectedVotes) : Math.min(tally, vote.expectedVotes)
}

/** The server committed the command: see `Acknowledgement` for `seq` and `rev`. */
export function acknowledge(pending: Pending, { commandId, seq, rev = 0 }: Acknowledgement): Pending {
  const vote = pending.votes.find((candidate) => candidate.commandId === commandId)
  return {
    ...pending,
    messages: pending.messages.map((message) =>
      message.commandId === commandId ? { ...message, state: { is: 'acknowledged', seq } } : message,
    ),
    votes: pending.votes.map((candidate) =>
      candidate === vote ? { ...candidate, countedAtRev: rev } : candidate,
    ),
    ...(vote && {
      myVotes: withVote(pending.myVotes, vote.itemId, vote.voted),
      votedSinceAsked: new Map(pending.votedSinceAsked).set(vote.itemId, vote.voted),
    }),
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

/** Drops the messages that the state shows by now, and the votes that its tallies count. */
export function settle(pending: Pending, state: RoomState): Pending {
  const messages = pending.messages.filter((message) => !isShown(message, state))
  const votes = pending.votes.filter(
    ({ countedAtRev }) => countedAtRev === null || countedAtRev > state.tallies.rev,
  )
  const unchanged = messages.length === pending.messages.length && votes.length === pending.votes.length
  return unchanged ? pending : { ...pending, messages, votes }
}

/** A snapshot is being asked for: it will know everything that was acknowledged by now. */
export function expectSnapshot(pending: Pending): Pending {
  return { ...pending, votedSinceAsked: new Map() }
}

/** After a snapshot, perhaps with a log that counts anew: it knows what was acknowledged before it was asked for. */
export function rebase(pending: Pending, state: RoomState): Pending {
  let myVotes: ReadonlySet<string> = new Set(state.myVotesAtSnapshot)
  for (const [itemId, voted] of pending.votedSinceAsked) myVotes = withVote(myVotes, itemId, voted)
  return {
    ...pending,
    messages: pending.messages.filter(
      (message) => message.state.is !== 'acknowledged' && !isShown(message, state),
    ),
    votes: pending.votes.filter(({ countedAtRev }) => countedAtRev === null),
    myVotes,
  }
}

function withVote(votes: ReadonlySet<string>, itemId: string, voted: boolean): Set<string> {
  const changed = new Set(votes)
  if (voted) changed.add(itemId)
  else changed.delete(itemId)
  return changed
}

/** A message has the id of its command; one that was removed again is known by its place in the log. */
function isShown({ commandId, state }: PendingMessage, { seq, messages }: RoomState): boolean {
  if (state.is === 'acknowledged' && state.seq !== null && state.seq <= seq) return true
  return messages.some(({ id }) => id === commandId)
}
