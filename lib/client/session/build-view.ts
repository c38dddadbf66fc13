import { orderQueue } from '#lib/domain/queue/order-queue.ts'
import type { Presence } from '#lib/protocol/envelope.ts'
import type { Member } from '#lib/protocol/session-state.ts'
import { memoizeLatest } from './memoize-latest.ts'
import { type Pending, shownVotes } from './pending.ts'
import { namedByTimeline, type RoomState } from './room-state.ts'
import type { Connection, RoomView, ViewMessage, ViewQueueItem } from './view-state.ts'

/** Makes views of one room; a part of the view whose inputs did not change keeps its identity. */
export function createViewBuilder(): (
  state: RoomState,
  pending: Pending,
  presence: Presence,
  connection: Connection,
) => RoomView {
  const messagesOf = memoizeLatest(viewMessages)
  const queueOf = memoizeLatest(viewQueue)
  const hereOf = memoizeLatest(membersHere)
  return (state, pending, presence, connection) => ({
    status: 'ready',
    connection,
    session: state.session,
    me: state.me,
    members: state.members,
    memberCount: state.memberCount,
    here: hereOf(state.members, presence.userIds),
    hereCount: countHere(state, presence),
    messages: messagesOf(state.messages, pending.messages, state.me),
    queue: queueOf(
      state.itemsById,
      state.startedItemIds,
      state.playback,
      state.tallies,
      state.turns,
      pending.votes,
      pending.myVotes,
    ),
    itemsById: state.itemsById,
    playback: state.playback,
    dj: state.dj,
    live: state.live,
    tips: state.tips,
    tipFigures: state.tipFigures ?? null,
    epoch: state.epoch,
    seq: state.seq,
  })
}

function viewMessages(
  messages: RoomState['messages'],
  pending: Pending['messages'],
  me: RoomState['me'],
): ViewMessage[] {
  const own = pending.map(({ commandId, text, at, state }): ViewMessage => {
    const message = { id: commandId, authorId: me.userId, authorName: me.name, text, at }
    if (state.is === 'failed') return { ...message, delivery: 'failed', commandId, code: state.code }
    if (state.is === 'acknowledged') return { ...message, delivery: 'sent' }
    return { ...message, delivery: 'pending', commandId }
  })
  return [...messages.map((message): ViewMessage => ({ ...message, delivery: 'sent' })), ...own]
}

function viewQueue(
  itemsById: RoomState['itemsById'],
  startedItemIds: RoomState['startedItemIds'],
  playback: RoomState['playback'],
  tallies: RoomState['tallies'],
  turns: RoomState['turns'],
  pendingVotes: Pending['votes'],
  myVotes: Pending['myVotes'],
): ViewQueueItem[] {
  const named = new Set(namedByTimeline(playback))
  const waiting = Object.values(itemsById).filter(({ id }) => !named.has(id) && !startedItemIds.has(id))
  const withVotes = waiting.map((item) => {
    const pendingVote = pendingVotes.find(({ itemId }) => itemId === item.id)
    const voted = pendingVote?.voted ?? myVotes.has(item.id)
    return {
      ...item,
      addedAtInMs: item.addedAt,
      voted,
      votes: shownVotes(tallies.votes[item.id] ?? 0, pendingVote),
    }
  })
  const byId = new Map(withVotes.map(({ addedAtInMs: _, ...item }) => [item.id, item]))
  return orderQueue(withVotes, turns).flatMap(({ id }) => byId.get(id) ?? [])
}

function membersHere(members: RoomState['members'], present: readonly string[]): Member[] {
  const ids = new Set(present)
  return members.filter(({ userId }) => ids.has(userId))
}

/**
 * In a room too large to know everybody, the unknown are counted, but never more than there are memberships: whoever
 * stands in Presence may claim anything.
 */
function countHere({ members, memberCount }: RoomState, { count, userIds }: Presence): number {
  const known = new Set(members.map(({ userId }) => userId))
  const knownHere = userIds.filter((id) => known.has(id)).length
  const unknownHere = Math.min(userIds.length - knownHere, Math.max(0, memberCount - members.length))
  const unnamed = Math.max(0, count - userIds.length)
  return Math.min(memberCount, knownHere + unknownHere + unnamed)
}
