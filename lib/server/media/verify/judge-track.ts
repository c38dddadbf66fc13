import {
  audioFormat,
  firstRendition,
  initPath,
  type Manifest,
  type RefusalCode,
  type Rendition,
  renditions,
  segmentPath,
} from '#lib/protocol/tracks.ts'
import type { InitFacts, SegmentFacts } from './inspect-segment.ts'

export type Refusal = { code: RefusalCode; detail: string }

/** A rendition as it may be published. */
export type RenditionVerdict = {
  name: Rendition['name']
  durationInSamples: number
  segmentDurationsInSamples: number[]
  /** Of the sound alone, a number a segment. */
  segmentBytes: number[]
  averageBitrate: number
  peakBitrate: number
}

const { sampleRate, channels, codec } = audioFormat
/** AAC-LC, 48 kHz, stereo (ISO/IEC 14496-3, 1.6), with or without the explicit word that there is no SBR. */
const configurations = new Set(['1190', '119056e500'])
/** Encoders of a constant bitrate keep within a tenth; short tracks weigh their padding. */
const highestBitrateShare = 1.25
/** In a single segment they may spend what they saved before. */
const highestSegmentBitrateShare = 1.6
const oneFrameInSamples = 1_024
const agreedNames = new Set([renditions, renditions.slice(0, -1), [firstRendition]].map(namesOf))

/**
 * Checks what can be checked without looking at any byte: a manifest must name exactly the files that the encoder
 * writes, in their order, of all renditions, of all but the best or of the first alone, and promise no more than is
 * allowed. Whether the best may be there, Storage has decided before (`private.may_upload`).
 */
export function judgeManifest(manifest: Manifest, maxDurationInMs: number): Refusal | null {
  if (manifest.preRollInMs !== audioFormat.preRollInMs) return mismatch('the pre-roll is not the agreed one')
  if (manifest.durationInMs > maxDurationInMs)
    return { code: 'too_long', detail: `${manifest.durationInMs} ms` }
  if (!agreedNames.has(namesOf(manifest.renditions))) {
    return mismatch('the renditions are not the agreed ones')
  }
  for (const { name, init, segments } of manifest.renditions) {
    if (init.path !== initPath(name)) return mismatch(`${name}: ${init.path}`)
    const strange = segments.find((segment, i) => segment.path !== segmentPath(name, i + 1))
    if (strange) return mismatch(`${name}: ${strange.path}`)
  }
  return null
}

/** Says what is wrong with an initialisation segment: without a good one, no segment can be read. */
export function judgeInit(claim: Rendition, init: InitFacts): Refusal | null {
  if (!init) return { code: 'segment_mismatch', detail: `${claim.init.path} is no initialisation segment` }
  if (init.codec !== codec || init.sampleRate !== sampleRate || init.channels !== channels) {
    return {
      code: 'unsupported_codec',
      detail: `${init.codec}, ${init.sampleRate} Hz, ${init.channels} channels`,
    }
  }
  if (!configurations.has(init.configuration)) {
    return { code: 'unsupported_codec', detail: `the decoder is told ${init.configuration}` }
  }
  if (init.timeResolution !== sampleRate)
    return mismatch(`${claim.init.path} counts in 1/${init.timeResolution} s`)
  return null
}

/** Holds a rendition's claims against what its segments hold. */
export function judgeRendition(
  claim: Rendition,
  segments: readonly SegmentFacts[],
): Refusal | RenditionVerdict {
  let nextInSamples = 0
  let soundBytes = 0
  let peakBitrate = 0
  const segmentDurationsInSamples: number[] = []
  const segmentBytes: number[] = []
  for (const [i, { path, durationInMs, bytes }] of claim.segments.entries()) {
    const found = segments[i]
    if (!found) return { code: 'segment_mismatch', detail: `${path} is no segment of AAC` }
    if (found.startInSamples !== nextInSamples) {
      return {
        code: 'segment_mismatch',
        detail: `${path} begins at ${found.startInSamples}, not ${nextInSamples}`,
      }
    }
    if (Math.abs(found.durationInSamples - (durationInMs * sampleRate) / 1000) > oneFrameInSamples / 2) {
      return { code: 'segment_mismatch', detail: `${path} lasts ${found.durationInSamples} samples` }
    }
    nextInSamples += found.durationInSamples
    soundBytes += found.soundBytes
    segmentDurationsInSamples.push(found.durationInSamples)
    segmentBytes.push(found.soundBytes)
    const segmentBitrate = bitrateOf(found.soundBytes, found.durationInSamples)
    const isWhole = found.durationInSamples * 2_000 > audioFormat.segmentDurationInMs * sampleRate
    if (isWhole && segmentBitrate > claim.bitrate * highestSegmentBitrateShare)
      return mismatch(`${path} has ${segmentBitrate} bit/s`)
    peakBitrate = Math.max(peakBitrate, bitrateOf(bytes, found.durationInSamples))
  }
  const averageBitrate = bitrateOf(soundBytes, nextInSamples)
  if (averageBitrate > claim.bitrate * highestBitrateShare) {
    return { code: 'rendition_mismatch', detail: `${claim.name} has ${averageBitrate} bit/s` }
  }
  return {
    name: claim.name,
    durationInSamples: nextInSamples,
    segmentDurationsInSamples,
    segmentBytes,
    averageBitrate,
    peakBitrate,
  }
}

/** All renditions must last equally long, and as long as the manifest says: a listener may change at any segment. */
export function judgeTogether(manifest: Manifest, verdicts: readonly RenditionVerdict[]): Refusal | null {
  const lengths = verdicts.map((verdict) => verdict.segmentDurationsInSamples.join())
  if (new Set(lengths).size !== 1)
    return { code: 'rendition_mismatch', detail: 'renditions are cut differently' }
  const poorer = findPoorerSegment(verdicts)
  if (poorer) return mismatch(poorer)
  const totalInMs = ((verdicts[0]?.durationInSamples ?? 0) * 1000) / sampleRate
  const surplusInMs = totalInMs - manifest.preRollInMs - manifest.durationInMs
  if (surplusInMs < -1 || surplusInMs > 250) {
    return mismatch(`${totalInMs} ms of media for ${manifest.durationInMs} ms of music`)
  }
  return null
}

/** A better rendition spends more on the same four seconds; on silence they all spend little. */
function findPoorerSegment(verdicts: readonly RenditionVerdict[]): string | null {
  for (const [i, better] of verdicts.entries()) {
    const lesser = verdicts[i - 1]
    const at = lesser
      ? better.segmentBytes.findIndex((bytes, n) => bytes < (lesser.segmentBytes[n] ?? 0) * 0.9 - 1_024)
      : -1
    if (at >= 0) return `segment ${at + 1} of ${better.name} is poorer than that of ${lesser?.name}`
  }
  return null
}

function namesOf(some: readonly { name: string; bitrate: number }[]): string {
  return some.map(({ name, bitrate }) => `${name} ${bitrate}`).join()
}

function bitrateOf(bytes: number, durationInSamples: number): number {
  return Math.max(1, Math.ceil((bytes * 8 * sampleRate) / Math.max(1, durationInSamples)))
}

function mismatch(detail: string): Refusal {
  return { code: 'rendition_mismatch', detail }
}
