'use client'
import { useTranslations } from 'next-intl'
import { useCallback, useSyncExternalStore } from 'react'
import { notify } from '#components/ui/toasts.ts'
import type { AudioSnapshot } from '#lib/client/audio/audio-engine.ts'
import type { CommandInput, CommandResult } from '#lib/client/session/commands.ts'
import type { RoomView } from '#lib/client/session/view-state.ts'
import { isAllowed, type Permission } from '#lib/domain/permissions/permissions.ts'
import { useRoomContext } from './room-context.ts'

/** A slice of the room's view; renders again only when that slice is another one. */
export function useRoom<T>(select: (view: RoomView) => T): T {
  const { session, readView } = useRoomContext()
  const read = () => select(readView())
  return useSyncExternalStore(session.subscribe, read, read)
}

/** A slice of what the player does. */
export function useAudio<T>(select: (audio: AudioSnapshot) => T): T {
  const { audio } = useRoomContext()
  const read = () => select(audio.getSnapshot())
  return useSyncExternalStore(audio.subscribe, read, read)
}

/** Whether this person may do something here. SQL decides; this only hides what it would refuse. */
export function useIsAllowed(permission: Permission): boolean {
  return useRoom((view) => isAllowed(view.me.role, permission))
}

/** Sends a command; a refusal is said in words, and given back too. */
export function useCommand(): (command: CommandInput) => Promise<CommandResult> {
  const { session } = useRoomContext()
  const t = useTranslations('errors')
  return useCallback(
    async (command) => {
      const result = await session.send(command)
      if (!result.ok) notify(t(result.code), 'warn')
      return result
    },
    [session, t],
  )
}
