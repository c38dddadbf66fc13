import type { Role } from '#lib/domain/permissions/permissions.ts'

/** How somebody stands in a session; `mutedUntil` is in epoch milliseconds. */
export type Standing = { role: Role; mutedUntil: number | null }

export type StandingNews =
  | { is: 'role'; role: Exclude<Role, 'dj'> }
  | { is: 'muted'; until: number }
  | { is: 'unmuted' }

/** What was decided over somebody. Nobody decides that a mute ends by itself, and nobody becomes the DJ: that is no news. */
export function newsOfStanding(before: Standing, after: Standing, nowInMs: number): StandingNews[] {
  const news: StandingNews[] = []
  if (after.role !== before.role && after.role !== 'dj') news.push({ is: 'role', role: after.role })
  if (after.mutedUntil === before.mutedUntil) return news
  if (after.mutedUntil !== null && after.mutedUntil > nowInMs) {
    news.push({ is: 'muted', until: after.mutedUntil })
  } else if (before.mutedUntil !== null && before.mutedUntil > nowInMs) {
    news.push({ is: 'unmuted' })
  }
  return news
}
