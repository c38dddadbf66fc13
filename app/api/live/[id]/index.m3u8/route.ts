import { liveParamsSchema } from '#lib/protocol/live.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { playlistHeaders, thePlaylist } from '#lib/server/live/the-playlists.ts'

/** Whoever knows the stream's id may ask, as with all media. */
export const GET = defineRoute({
  access: 'anyone',
  params: liveParamsSchema,
  handle: async ({ params, request }) =>
    new Response(await thePlaylist(params.id, request.headers), { headers: playlistHeaders }),
})
