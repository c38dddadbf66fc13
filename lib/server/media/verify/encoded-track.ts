import { sine } from '#lib/domain/audio/signals.ts'
import { encodeTrack } from '#lib/encoding/encode-track.ts'
import { pcmFromMemory } from '#lib/encoding/pcm.ts'
import { type Manifest, renditionNames } from '#lib/protocol/tracks.ts'

export type TrackInHand = { manifest: Manifest; files: Map<string, Uint8Array> }

/** A real, short track for tests: what an honest browser would have uploaded. */
export async function encodeTestTrack(durationInMs = 6_000): Promise<TrackInHand> {
  const files = new Map<string, Uint8Array>()
  const tone = sine({ frequency: 523, peakInDbfs: -12, durationInMs })
  const manifest = await encodeTrack({
    source: pcmFromMemory({ left: tone, right: tone }),
    artwork: null,
    names: renditionNames,
    onFile: async ({ path, bytes }) => void files.set(path, bytes),
    onProgress: () => {},
  })
  return { manifest, files }
}
