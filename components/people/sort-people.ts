import type { Role } from '#lib/domain/permissions/permissions.ts'
import type { Member } from '#lib/protocol/session-state.ts'

const rank: Record<Role, number> = { dj: 0, co_dj: 1, moderator: 2, listener: 3 }

/** Who plays first, then who keeps the chat, then everybody by name. */
export function sortPeople(people: readonly Member[]): Member[] {
  return [...people].sort((a, b) => rank[a.role] - rank[b.role] || a.name.localeCompare(b.name))
}
