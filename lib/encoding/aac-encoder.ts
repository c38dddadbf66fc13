import { canEncodeAudio } from 'mediabunny'
import { audioFormat, renditions } from '#lib/protocol/tracks.ts'

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
