'use client'
import { useEffect, useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { mediaUrlOf } from '#components/app/media-url.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { nextTask } from '#lib/client/next-task.ts'
import { loadRoomEngines, preloadRoom } from './preload-room.ts'
import type { RoomEngines } from './room-engines.ts'

type Options = { userId: string; sessionId: string; invitation: string | null }

/**
 * The engines of a room, from the first effect to the last; null before. The sound starts by itself where it may. Throws
 * where their code cannot be fetched.
 */
export function useRoomEngines({ userId, sessionId, invitation }: Options): RoomEngines | null {
  const config = usePublicConfig()
  const [engines, setEngines] = useState<RoomEngines | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => {
    const auth = authClientOf(config)
    let created: RoomEngines | null = null
    let isGone = false
    const open = async () => {
      await preloadRoom(config)
      const [supabase, { createRoomEngines }] = await Promise.all([auth.supabase(), loadRoomEngines()])
      // The last of the code has only just been run: on a phone each of the next steps is long enough by itself.
      await nextTask()
      if (isGone) return
      const mediaUrl = (path: string) => mediaUrlOf(config.supabaseUrl, path)
      const opened = createRoomEngines({ auth, supabase, mediaUrl, userId, sessionId, invitation })
      created = opened
      setEngines(opened)
      await nextTask()
      if (!isGone) opened.audio.start()
    }
    open().catch(setFailure)
    return () => {
      isGone = true
      setEngines(null)
      created?.destroy()
    }
  }, [config, userId, sessionId, invitation])
  if (failure) throw failure
  return engines
}
