import { decideGainInDb, fromDb, toDb } from '#lib/domain/audio/gain.ts'
import {
  audioFormat,
  firstRendition,
  type Manifest,
  type MediaFile,
  type RenditionName,
  renditions,
} from '#lib/protocol/tracks.ts'
import { ensureAacEncoder } from './aac-encoder.ts'
import { analyse } from './analyse.ts'
import { type Cut, cutSource } from './cut-source.ts'
import { type EncodedFile, encodeRendition } from './encode-rendition.ts'
import type { EstimateTempo } from './music-meter.ts'
import type { PcmSource } from './pcm.ts'

const waveformBuckets = 600
const waveformBars = 200
/** Measuring takes about as long as encoding half a rendition. */
const analysisShare = 0.3

type EncodeOptions = {
  source: PcmSource
  onFile: (file: EncodedFile) => Promise<void>
  onProgress: (share: number) => void
  signal?: AbortSignal | undefined
}
export type EncodeFirstOptions = EncodeOptions & {
  artwork: MediaFile | null
  trimsSilence?: boolean
  estimateTempo?: EstimateTempo | null
}
/** A track that can be played already: its manifest with one rendition, and what of the sound went into it. */
export type FirstEncoded = { manifest: Manifest; cut: Cut }

/** Measures a sound and makes its first rendition: the files by `onFile`, and the manifest that describes them. */
export async function encodeFirst(options: EncodeFirstOptions): Promise<FirstEncoded> {
  const { source, artwork, onProgress, trimsSilence = false, estimateTempo = null, signal } = options
  await ensureAacEncoder()
  const { cut, level, music, waveform, waveformBands } = await analyse({
    source,
    trimsSilence,
    estimateTempo,
    onProgress: (share) => {
      signal?.throwIfAborted()
      onProgress(share * analysisShare)
    },
  })
  const gainInDb = decideGainInDb(level)
  const first = await encodeRendition({
    ...options,
    source: cutSource(source, cut),
    rendition: firstRendition,
    gain: fromDb(gainInDb),
    onProgress: (share) => onProgress(analysisShare + share * (1 - analysisShare)),
  })
  const manifest: Manifest = {
    version: 1,
    durationInMs: Math.max(1, Math.floor(((cut.to - cut.from) * 1000) / audioFormat.sampleRate)),
    preRollInMs: audioFormat.preRollInMs,
    waveform: waveform(waveformBuckets, fromDb(gainInDb)),
    waveformBands: waveformBands(waveformBars),
    bpm: music.bpm,
    musicalKey: music.musicalKey,
    loudness: {
      integratedInLufs: level.integratedInLufs,
      truePeakInDbtp: level.truePeak > 0 ? toDb(level.truePeak) : null,
      gainInDb,
    },
    artwork,
    renditions: [first],
  }
  return { manifest, cut }
}

export type EncodeRestOptions = EncodeOptions & {
  first: FirstEncoded
  /** All that the track is to have. */
  names: readonly RenditionName[]
}

/** Makes the renditions that a first one lacks, of the same part of the same sound and as loud. */
export async function encodeRest(options: EncodeRestOptions): Promise<Manifest> {
  const { source, first, names, onProgress } = options
  await ensureAacEncoder()
  const { manifest, cut } = first
  const known = new Map(manifest.renditions.map((rendition) => [rendition.name, rendition]))
  const missing = renditions.filter(({ name }) => names.includes(name) && !known.has(name))
  const shares = missing.map(() => 0)
  const encoded = await Promise.all(
    missing.map((rendition, i) =>
      encodeRendition({
        ...options,
        source: cutSource(source, cut),
        rendition,
        gain: fromDb(manifest.loudness.gainInDb),
        onProgress: (share) => {
          shares[i] = share
          onProgress(shares.reduce((sum, each) => sum + each, 0) / shares.length)
        },
      }),
    ),
  )
  for (const rendition of encoded) known.set(rendition.name, rendition)
  const all = renditions.map(({ name }) => known.get(name)).filter((rendition) => rendition !== undefined)
  return { ...manifest, renditions: all }
}

/** Sound to all that is uploaded of a track, in one go. */
export async function encodeTrack(
  options: EncodeFirstOptions & Pick<EncodeRestOptions, 'names'>,
): Promise<Manifest> {
  const { onProgress } = options
  const first = await encodeFirst({ ...options, onProgress: (share) => onProgress(share * 0.4) })
  return encodeRest({ ...options, first, onProgress: (share) => onProgress(0.4 + share * 0.6) })
}
