import { limits } from '#lib/domain/limits/limits.ts'
import type { EventKind, SessionEvent } from '#lib/protocol/events.ts'
import type { Member, QueueItem } from '#lib/protocol/session-state.ts'
import type { RoomState } from './room-state.ts'

type EventOf<K extends EventKind> = Extract<SessionEvent, { kind: K }>
type Handlers = { [K in EventKind]: (state: RoomState, event: EventOf<K>) => RoomState }

/** One handler a kind of event; a kind without one does not compile. */
const handlers: Handlers = {
  'member.joined': (state, { payload }) => {
    const known = state.members.some(({ userId }) => userId === payload.userId)
    const members = known ? changeMember(state, payload.userId, payload) : [...state.members, payload]
    return { ...state, members, memberCount: state.memberCount + (known ? 0 : 1) }
  },
  'member.role_changed': (state, { payload: { userId, role } }) => ({
    ...state,
    members: changeMember(state, userId, { role }),
    me: userId === state.me.userId ? { ...state.me, role } : state.me,
  }),
  'member.banned': (state, { payload: { userId, channel } }) => ({
    ...state,
    channel: Math.max(state.channel, channel),
    amBanned: state.amBanned || userId === state.me.userId,
    members: state.members.filter((member) => member.userId !== userId),
    memberCount: Math.max(0, state.memberCount - 1),
  }),
  'member.muted': (state, { payload: { userId, until } }) =>
    userId === state.me.userId ? { ...state, me: { ...state.me, mutedUntil: until } } : state,
  'chat.sent': (state, { payload }) => ({
    ...state,
    messages: [...state.messages, payload].slice(-messagesKept),
  }),
  'chat.removed': (state, { payload: { messageId } }) => ({
    ...state,
    messages: state.messages.filter(({ id }) => id !== messageId),
  }),
  'queue.added': (state, { payload }) => ({
    ...state,
    itemsById: { ...state.itemsById, [payload.id]: payload },
  }),
  'queue.removed': (state, { payload: { itemId, turns = state.turns } }) => ({
    ...withoutItem(state, itemId),
    turns,
  }),
  'queue.pinned': (state, { payload: { pins } }) => {
    const changed: Record<string, QueueItem> = {}
    for (const { itemId, pinnedOrder } of pins) {
      const item = state.itemsById[itemId]
      if (item) changed[itemId] = { ...item, pinnedOrder }
    }
    return { ...state, itemsById: { ...state.itemsById, ...changed } }
  },
  'queue.started': (state, { payload: { itemId, turns } }) => ({
    ...state,
    turns,
    startedItemIds: new Set([...state.startedItemIds, itemId]),
  }),
  'queue.returned': (state, { payload: { itemId, turns } }) => ({
    ...state,
    turns,
    startedItemIds: new Set([...state.startedItemIds].filter((id) => id !== itemId)),
  }),
  'queue.finished': (state, { payload: { itemId } }) => withoutItem(state, itemId),
  'live.changed': (state, { payload }) => ({ ...state, live: payload }),
  'tip.received': (state, { payload }) => ({ ...state, tips: [...state.tips, payload].slice(-tipsKept) }),
  'tip.words_removed': (state, { payload: { tipId } }) => ({
    ...state,
    tips: state.tips.map((tip) => (tip.tipId === tipId ? { ...tip, message: null } : tip)),
  }),
  'session.changed': (state, { payload }) => ({ ...state, session: payload }),
  'session.ended': (state) => ({ ...state, session: { ...state.session, status: 'ended' } }),
}

/** Older messages scroll out of a long session; a reload shows the newest `limits.snapshotMessagesMax`. */
const messagesKept = limits.snapshotMessagesMax * 10

/** As many as a snapshot has at most. */
const tipsKept = 50

/** The state after one event. Pure. */
export function applyEvent(state: RoomState, event: SessionEvent): RoomState {
  const handler = handlers[event.kind] as (state: RoomState, event: SessionEvent) => RoomState
  return handler(state, event)
}

function changeMember(state: RoomState, userId: string, change: Partial<Member>): Member[] {
  return state.members.map((member) => (member.userId === userId ? { ...member, ...change } : member))
}

function withoutItem(state: RoomState, itemId: string): RoomState {
  const { [itemId]: _, ...itemsById } = state.itemsById
  return { ...state, itemsById }
}
