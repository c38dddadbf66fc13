import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadLobby } from '#lib/server/sessions/load-lobby.ts'

/** The lobby as it is now, for a page that is open already. */
export const GET = defineRoute({
  access: 'anyone',
  handle: async () => ({ sessions: await loadLobby() }),
})
