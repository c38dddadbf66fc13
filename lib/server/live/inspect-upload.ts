import { createHash } from 'node:crypto'
import { liveFormat } from '#lib/domain/live/live.ts'
import { inspectInit, inspectSegment } from '../media/verify/inspect-segment.ts'
import { splitUpload } from './split-upload.ts'

export type LiveUpload = {
  init: Uint8Array
  initSha256: string
  segment: Uint8Array
  startInSamples: number
  durationInSamples: number
}

const { codec, sampleRate, channels, segmentDurationInMs } = liveFormat
/** Segments end with a whole AAC frame, and the last one may be short. */
const longestInSamples = (1.5 * segmentDurationInMs * sampleRate) / 1_000

/**
 * What an upload holds, packet by packet: one segment of the one live format and nothing beside it. Null for anything
 * else. The few kilobytes of somebody who holds the DJ's lease are parsed in this process; the frame of boxes is ours.
 */
export async function inspectUpload(bytes: Uint8Array): Promise<LiveUpload | null> {
  const parts = splitUpload(bytes)
  if (!parts) return null
  const { init, segment } = parts
  try {
    const format = await inspectInit(init)
    const isOurs =
      format?.codec === codec &&
      format.sampleRate === sampleRate &&
      format.channels === channels &&
      format.timeResolution === sampleRate
    const facts = isOurs ? await inspectSegment(init, segment) : null
    if (!facts || facts.durationInSamples > longestInSamples) return null
    const { startInSamples, durationInSamples } = facts
    const initSha256 = createHash('sha256').update(init).digest('hex')
    return { init, initSha256, segment, startInSamples, durationInSamples }
  } catch {
    // A parser that gives up has given its answer.
    return null
  }
}
