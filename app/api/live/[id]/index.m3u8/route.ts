import { publicSupabaseUrl } from '#lib/env/public-config.ts'
import { serverEnv } from '#lib/env/server.ts'
import { liveParamsSchema } from '#lib/protocol/live.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { appOrigin } from '#lib/server/http/app-origin.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { livePlaylist } from '#lib/server/live/live-playlist.ts'
import { createLiveWindows } from '#lib/server/live/load-live-window.ts'

let loadWindow: ReturnType<typeof createLiveWindows> | undefined

/**
 * Changes every second, so it comes from here and not from Storage, whose CDN may keep a file for a minute; the segments
 * that it names never change. Whoever knows the stream's id may ask, as with all media.
 */
export const GET = defineRoute({
  access: 'anyone',
  params: liveParamsSchema,
  handle: async ({ params, request }) => {
    const env = serverEnv()
    loadWindow ??= createLiveWindows(serviceDb(env))
    const base = `${publicSupabaseUrl(env, appOrigin(request.headers))}/storage/v1/object/public/media`
    const playlist = livePlaylist(params.id, await loadWindow(params.id), (path) => `${base}/${path}`)
    return new Response(playlist, {
      headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' },
    })
  },
})
