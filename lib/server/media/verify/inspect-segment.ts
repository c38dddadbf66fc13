import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny'
import { z } from 'zod'
import { looksLikeAacFrame } from './aac-frame.ts'
import { isInitSegment, readSegmentBoxes } from './segment-boxes.ts'

/** What an initialisation segment declares; null where it is not one. */
export const initFactsSchema = z
  .object({ codec: z.string(), sampleRate: z.number(), channels: z.number(), timeResolution: z.number() })
  .nullable()
export type InitFacts = z.infer<typeof initFactsSchema>

/** What a media segment holds, in samples of its track; null where it is none. */
export const segmentFactsSchema = z
  .object({ startInSamples: z.number(), durationInSamples: z.number(), soundBytes: z.number() })
  .nullable()
export type SegmentFacts = z.infer<typeof segmentFactsSchema>

export async function inspectInit(init: Uint8Array): Promise<InitFacts> {
  if (!isInitSegment(init)) return null
  const input = new Input({ source: new BufferSource(init), formats: [MP4] })
  try {
    const [track, ...more] = await input.getTracks()
    if (!track?.isAudioTrack() || more.length > 0) return null
    return {
      codec: (await track.getCodecParameterString()) ?? 'unknown',
      sampleRate: await track.getSampleRate(),
      channels: await track.getNumberOfChannels(),
      timeResolution: await track.getTimeResolution(),
    }
  } finally {
    input.dispose()
  }
}

/** Reads a segment packet by packet. Packets must lie one after the other without a gap, and look like AAC. */
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
      if (toSamples(packet.timestamp) !== next || !looksLikeAacFrame(packet.data)) return null
      next += toSamples(packet.duration)
      soundBytes += packet.byteLength
      count++
    }
    if (count !== boxes.sampleCount) return null
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
