import { createViewBuilder } from '#lib/client/session/build-view.ts'
import { noPending } from '#lib/client/session/pending.ts'
import { fromSnapshot } from '#lib/client/session/room-state.ts'
import type { RoomView } from '#lib/client/session/view-state.ts'
import { limits } from '#lib/domain/limits/limits.ts'
import type { Snapshot } from '#lib/protocol/session-state.ts'

/** What of a room must be the same for everybody, and what each person has of their own. */
export function comparableRoom(view: RoomView) {
  return {
    epoch: view.epoch,
    seq: view.seq,
    session: view.session,
    role: view.me.role,
    memberCount: view.memberCount,
    members: view.members.map(({ userId, role, name }) => `${userId} ${role} ${name}`).sort(),
    messages: view.messages
      .slice(-limits.snapshotMessagesMax)
      .map(({ id, text, delivery }) => `${id} ${text} ${delivery}`),
    queue: view.queue.map(({ id, votes, voted, pinnedOrder }) => ({ id, votes, voted, pinnedOrder })),
    items: Object.keys(view.itemsById).sort(),
    playback: view.playback,
    dj: view.dj,
  }
}
export type ComparableRoom = ReturnType<typeof comparableRoom>

/** The room as a person would see it who came in now. */
export function roomOf(snapshot: Snapshot, me: Snapshot['me'], myVotes: readonly string[]): ComparableRoom {
  const state = fromSnapshot({ ...snapshot, me, myVotes: [...myVotes] })
  const nobody = { count: 0, userIds: [] }
  return comparableRoom(
    createViewBuilder()(state, noPending([...myVotes]), nobody, { status: 'live', way: null }),
  )
}
