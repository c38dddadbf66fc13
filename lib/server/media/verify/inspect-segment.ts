import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny'
import { z } from 'zod'
import { looksLikeAacFrame } from './aac-frame.ts'
import { readInitBoxes, readSegmentBoxes } from './segment-boxes.ts'

/** What an initialisation segment declares; null where it is not one. */
export const initFactsSchema = z
  .object({
    codec: z.string(),
    sampleRate: z.number(),
    channels: z.number(),
    timeResolution: z.number(),
    /** What the decoder is told (AudioSpecificConfig), in hexadecimal digits. */
    configuration: z.string(),
  })
  .nullable()
export type InitFacts = z.infer<typeof initFactsSchema>

/** What a media segment holds, in samples of its track; null where it is none. */
export const segmentFactsSchema = z
  .object({ startInSamples: z.number(), durationInSamples: z.number(), soundBytes: z.number() })
  .nullable()
export type SegmentFacts = z.infer<typeof segmentFactsSchema>

export async function inspectInit(init: Uint8Array): Promise<InitFacts> {
  const boxes = readInitBoxes(init)
  if (!boxes) return null
  const input = new Input({ source: new BufferSource(init), formats: [MP4] })
  try {
    const [track, ...more] = await input.getTracks()
    if (!track?.isAudioTrack() || more.length > 0) return null
    const { description } = (await track.getDecoderConfig()) ?? {}
    return {
      codec: (await track.getCodecParameterString()) ?? 'unknown',
      ...boxes,
      timeResolution: await track.getTimeResolution(),
      configuration: description ? hexOf(description) : '',
    }
  } finally {
    input.dispose()
  }
}

function hexOf(source: AllowSharedBufferSource): string {
  const bytes = ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source)
  return bytes.toString('hex')
}

/** Every frame of AAC-LC holds so many samples; only a sound's last one may be said to be shorter. */
const frameInSamples = 1_024

/**
 * Reads a segment packet by packet. Packets must lie one after the other without a gap, look like AAC, last as long as
 * they do when decoded, and be all that the file holds.
 */
export async function inspectSegment(init: Uint8Array, segment: Uint8Array): Promise<SegmentFacts> {
  const boxes = readSegmentBoxes(segment)
  if (!boxes || boxes.sampleCount === 0) return null
  const initInput = new Input({ source: new BufferSource(init), formats: [MP4] })
  const input = new Input({ source: new BufferSource(segment), formats: [MP4], initInput })
  try {
    const track = await input.getPrimaryAudioTrack()
    if (!track) return null
    const sampleRate = await track.getSampleRate()
    const toSamples = (seconds: number) => Math.round(seconds * sampleRate)
    let next = boxes.baseDecodeTime
    let soundBytes = 0
    let count = 0
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const durationInSamples = toSamples(packet.duration)
      const isLast = ++count === boxes.sampleCount
      if (durationInSamples > frameInSamples || (durationInSamples < frameInSamples && !isLast)) return null
      if (toSamples(packet.timestamp) !== next || !looksLikeAacFrame(packet.data)) return null
      next += durationInSamples
      soundBytes += packet.byteLength
    }
    if (count !== boxes.sampleCount || soundBytes !== boxes.soundBytes) return null
    return {
      startInSamples: boxes.baseDecodeTime,
      durationInSamples: next - boxes.baseDecodeTime,
      soundBytes,
    }
  } finally {
    input.dispose()
    initInput.dispose()
  }
}
