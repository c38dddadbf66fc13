'use client'
import type { Role } from '#lib/domain/permissions/permissions.ts'
import { useRoom } from './use-room.ts'

/** The role of somebody here; whoever is not known by name, as in a large room, is a listener as far as one can tell. */
export function useRoleOf(userId: string): Role {
  return useRoom((view) => view.members.find((member) => member.userId === userId)?.role ?? 'listener')
}
