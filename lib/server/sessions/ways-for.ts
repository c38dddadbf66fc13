import type { Role } from '#lib/domain/permissions/permissions.ts'
import type { Way } from '#lib/protocol/session-requests.ts'

/**
 * The ways down that a client shall try, in order. In a large room every message over Realtime is delivered, and paid for,
 * once a listener; the hubs' streams are not. Who plays is always nearest to the source.
 * @param largeRoomFrom so many listeners make a room large
 */
export function waysFor(role: Role, listenerCount: number, largeRoomFrom: number): Way[] {
  const plays = role === 'dj' || role === 'co_dj'
  return plays || listenerCount < largeRoomFrom ? ['websocket', 'sse', 'long_poll'] : ['sse', 'long_poll']
}
