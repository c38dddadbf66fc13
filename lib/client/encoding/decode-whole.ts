import { mixToStereo, type Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { audioFormat } from '#lib/protocol/tracks.ts'

/** As much decoded sound as all encoders together may hold: 920 MB. */
const wholeBudgetInMs = 40 * 60_000
const wholeMaxDurationInMs = 20 * 60_000

/** The longest sound that is decoded as a whole where so many are encoded at once; longer ones come piece by piece. */
export function wholeDecodingMaxDurationInMs(encodersAtOnce: number): number {
  return Math.min(wholeMaxDurationInMs, wholeBudgetInMs / encodersAtOnce)
}

/**
 * Decodes a whole file with the browser's own decoder, at 48 kHz. Unlike packet by packet, it knows the delays that
 * encoders put in front, so that the sound begins at its first sample. Needs a window: workers have no Web Audio.
 * @returns null where the browser cannot decode it.
 */
export async function decodeWhole(file: Blob): Promise<Stereo | null> {
  const { channels, sampleRate } = audioFormat
  const context = new OfflineAudioContext(channels, 1, sampleRate)
  try {
    const buffer = await context.decodeAudioData(await file.arrayBuffer())
    const planes = Array.from({ length: buffer.numberOfChannels }, (_, i) => buffer.getChannelData(i).slice())
    return mixToStereo(planes)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'EncodingError') return null
    throw error
  }
}
