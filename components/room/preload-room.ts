import { authClientOf } from '#components/app/auth-client-of.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

/** Most of the app's code is the room's; the door is shown before it is there. */
export const loadOpenRoom = () => import('./open-room.tsx')

/** Fetches what the room is made of while somebody is still at its door: they wait for nothing of it after the tap. */
export function preloadRoom(config: PublicConfig): void {
  const parts = [
    loadOpenRoom(),
    authClientOf(config).supabase(),
    import('#lib/client/audio/source.ts').then(({ preloadPlayer }) => preloadPlayer()),
  ]
  // Where the network fails now, the room asks again.
  Promise.all(parts).catch(() => undefined)
}
