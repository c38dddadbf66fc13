import { authClientOf } from '#components/app/auth-client-of.ts'
import { nextTask } from '#lib/client/next-task.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

/** Most of the app's code is the room's, and no first load has it: what makes a room live, and what it looks like. */
export const loadRoomEngines = () => import('./room-engines.ts')
export const loadLiveRoom = () => import('./live-room.tsx')

/**
 * Fetches what a room is made of, at its door already: nobody waits for any of it after the tap. Each part is asked for in
 * a task of its own, since that alone takes a phone some 50 ms. Resolves when all of them are.
 */
export async function preloadRoom(config: PublicConfig): Promise<void> {
  const parts = [
    // The engines in three pieces: whole they would hold up whoever is at the door for twice as long.
    () => import('#lib/protocol/envelope.ts'),
    () => import('#lib/client/session/open-session.ts'),
    loadRoomEngines,
    () => authClientOf(config).supabase(),
    () => import('#lib/client/audio/source.ts').then(({ preloadPlayer }) => preloadPlayer()),
    loadLiveRoom,
  ]
  for (const load of parts) {
    await nextTask()
    // Where the network fails now, the room asks again.
    load().catch(() => undefined)
  }
}
