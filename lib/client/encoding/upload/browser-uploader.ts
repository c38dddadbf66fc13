import type { SupabaseClient } from '@supabase/supabase-js'
import { personHere } from '#lib/client/auth/person-here.ts'
import { lockInBrowser } from '#lib/client/lock-in-browser.ts'
import { newId } from '#lib/client/new-id.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { canKeepFiles } from '../../origin-files.ts'
import { encodersAtOnce as encodersOf } from '../encoders-at-once.ts'
import { createTrackEncoder } from '../track-encoder.ts'
import { uploadFiles } from '../upload-files.ts'
import { createLibraryUploader, type LibraryUploader } from './library-uploader.ts'
import { createTracksApi } from './tracks-api.ts'
import { createTrackWatcher } from './watch-track.ts'

/** The uploader of a person's library with this browser behind it. */
export function createBrowserUploader(
  userId: string,
  config: Pick<PublicConfig, 'supabaseUrl' | 'supabaseKey' | 'encodesOriginals'>,
  supabase: Pick<SupabaseClient, 'channel' | 'removeChannel'>,
): LibraryUploader {
  const encodersAtOnce = encodersOf(navigator.hardwareConcurrency)
  const encoder = createTrackEncoder(userId, encodersAtOnce)
  const { read, remove, list } = uploadFiles(userId)
  const uploader = createLibraryUploader({
    isAvailable: canKeepFiles(),
    encodesElsewhere: config.encodesOriginals,
    store: { keep: encoder.keep, read, remove, list },
    encodersAtOnce,
    encodeFirst: encoder.encodeFirst,
    encodeRest: encoder.encodeRest,
    api: createTracksApi({
      fetch: globalThis.fetch.bind(globalThis),
      supabaseUrl: config.supabaseUrl,
      supabaseKey: config.supabaseKey,
      isSomebodyElseHere: () => (personHere() ?? userId) !== userId,
    }),
    watchTrack: createTrackWatcher(supabase),
    newId,
    random: Math.random,
    sleep: sleepInBrowser,
    withLock: lockInBrowser,
  })
  return {
    ...uploader,
    add(files, options) {
      // Best effort: asks that the browser does not empty the store when the disk is full.
      void navigator.storage?.persist?.().catch(() => false)
      uploader.add(files, options)
    },
    destroy() {
      uploader.destroy()
      encoder.destroy()
    },
  }
}

/** Coming back online ends every wait. */
function sleepInBrowser(durationInMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const end = (settle: () => void) => () => {
      clearTimeout(timer)
      window.removeEventListener('online', onWake)
      signal.removeEventListener('abort', onAbort)
      settle()
    }
    const onWake = end(resolve)
    const onAbort = end(() => reject(signal.reason))
    const timer = setTimeout(onWake, durationInMs)
    window.addEventListener('online', onWake)
    signal.addEventListener('abort', onAbort)
  })
}
