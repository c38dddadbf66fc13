import { publicSupabaseUrl } from '#lib/env/public-config.ts'
import { serverEnv } from '#lib/env/server.ts'
import { serviceDb } from '../db/clients.ts'
import { appOrigin } from '../http/app-origin.ts'
import { livePlaylist } from './live-playlist.ts'
import { createLiveWindows } from './load-live-window.ts'

let loadWindow: ReturnType<typeof createLiveWindows> | undefined

/** What every answer with a playlist says: the next one, a second later, is another. */
export const playlistHeaders = {
  'content-type': 'application/vnd.apple.mpegurl',
  'cache-control': 'no-store',
} as const

/**
 * The playlist of a stream as the browser that asks needs it. It comes from the app and not from Storage, whose CDN may
 * keep a file for a minute; the segments that it names never change. @throws CodedError
 */
export async function thePlaylist(
  streamId: string,
  headers: { get: (name: string) => string | null },
): Promise<string> {
  const env = serverEnv()
  loadWindow ??= createLiveWindows(serviceDb(env))
  const base = `${publicSupabaseUrl(env, appOrigin(headers))}/storage/v1/object/public/media`
  return livePlaylist(streamId, await loadWindow(streamId), (path) => `${base}/${path}`)
}
