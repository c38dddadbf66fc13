import { canEncodeAudio } from 'mediabunny'
import { decideGainInDb, fromDb, toDb } from '#lib/domain/audio/gain.ts'
import { audioFormat, type Manifest, type MediaFile, renditions } from '#lib/protocol/tracks.ts'
import { analyse } from './analyse.ts'
import { type EncodedFile, encodeRendition } from './encode-rendition.ts'
import type { PcmSource } from './pcm.ts'

const waveformBuckets = 600
/** Measuring takes about a tenth of the whole work. */
const analysisShare = 0.1

/** mediabunny's WASM encoder is a megabyte: it is loaded only where the platform brings no AAC encoder. */
export async function ensureAacEncoder(): Promise<void> {
  const { sampleRate, channels: numberOfChannels } = audioFormat
  const checks = renditions.map(({ bitrate }) =>
    canEncodeAudio('aac', { sampleRate, numberOfChannels, bitrate }),
  )
  if ((await Promise.all(checks)).every(Boolean)) return
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder')
  registerAacEncoder()
}

export type EncodeTrackOptions = {
  source: PcmSource
  artwork: MediaFile | null
  onFile: (file: EncodedFile) => Promise<void>
  onProgress: (share: number) => void
  signal?: AbortSignal | undefined
}

/**
 * Sound to all that is uploaded of a track: the files by `onFile`, and the manifest that describes them. The renditions
 * are made side by side, each on its own, so that one could go out before the others.
 */
export async function encodeTrack(options: EncodeTrackOptions): Promise<Manifest> {
  const { source, artwork, onFile, onProgress, signal } = options
  await ensureAacEncoder()
  const analysis = await analyse(source, (share) => {
    signal?.throwIfAborted()
    onProgress(share * analysisShare)
  })
  const { durationInSamples, level, waveform } = analysis
  const gainInDb = decideGainInDb(level)
  const gain = fromDb(gainInDb)

  const shares = renditions.map(() => 0)
  const encoded = await Promise.all(
    renditions.map((rendition, i) =>
      encodeRendition({
        source: { ...source, durationInSamples },
        rendition,
        gain,
        onFile,
        signal,
        onProgress: (share) => {
          shares[i] = share
          const mean = shares.reduce((sum, each) => sum + each, 0) / shares.length
          onProgress(analysisShare + mean * (1 - analysisShare))
        },
      }),
    ),
  )
  return {
    version: 1,
    durationInMs: Math.max(1, Math.floor((durationInSamples * 1000) / audioFormat.sampleRate)),
    preRollInMs: audioFormat.preRollInMs,
    waveform: waveform.buckets(waveformBuckets, gain),
    loudness: {
      integratedInLufs: level.integratedInLufs,
      truePeakInDbtp: level.truePeak > 0 ? toDb(level.truePeak) : null,
      gainInDb,
    },
    artwork,
    renditions: encoded,
  }
}
