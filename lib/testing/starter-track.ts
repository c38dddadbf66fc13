import { createClient } from '@supabase/supabase-js'
import { inject } from 'vitest'
import { mustCall } from './people.ts'

/** Puts a published track into the database, as the worker does; its sound is not there. */
export async function publishTestTrack(title: string, durationInMs = 60_000): Promise<string> {
  const { url, secretKey } = inject('supabase')
  const service = createClient(url, secretKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const trackId = crypto.randomUUID()
  await mustCall(service, 'upsert_starter_track', {
    p_track_id: trackId,
    p_title: title,
    p_artist: 'WhatsSound',
    p_verified: {
      durationInMs,
      preRollInMs: 2_000,
      waveform: [0, 128, 255],
      playlistPath: `tracks/starter/${trackId}/master.m3u8`,
    },
  })
  return trackId
}
