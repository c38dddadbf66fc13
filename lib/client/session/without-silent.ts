import type { Presence } from '#lib/protocol/envelope.ts'

/** Who is connected, without those who stand in Presence still and give no sign of life any more. */
export function withoutSilent(presence: Presence, silent: readonly string[]): Presence {
  if (silent.length === 0) return presence
  const userIds = presence.userIds.filter((userId) => !silent.includes(userId))
  return { count: presence.count - (presence.userIds.length - userIds.length), userIds }
}
