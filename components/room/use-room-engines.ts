'use client'
import { useEffect, useState } from 'react'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { mediaUrlOf } from '#components/app/media-url.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { createRoomEngines, type RoomEngines } from './room-engines.ts'

type Options = { userId: string; sessionId: string; invitation: string | null }

/** The engines of a room, from the first effect to the last; null before. The sound starts by itself where it may. */
export function useRoomEngines({ userId, sessionId, invitation }: Options): RoomEngines | null {
  const config = usePublicConfig()
  const [engines, setEngines] = useState<RoomEngines | null>(null)
  useEffect(() => {
    const created = createRoomEngines({
      auth: authClientOf(config),
      mediaUrl: (path) => mediaUrlOf(config.supabaseUrl, path),
      userId,
      sessionId,
      invitation,
    })
    created.audio.start()
    setEngines(created)
    return () => {
      setEngines(null)
      created.destroy()
    }
  }, [config, userId, sessionId, invitation])
  return engines
}
