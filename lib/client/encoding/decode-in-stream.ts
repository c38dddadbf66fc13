import { AudioSampleSink } from 'mediabunny'
import { mixToStereo, type Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { createResampler } from '#lib/domain/audio/resampler.ts'
import type { PcmSource } from '#lib/encoding/pcm.ts'
import { audioFormat } from '#lib/protocol/tracks.ts'
import { finite } from './finite.ts'
import { openInput } from './probe.ts'

/** Decoding said that there is more sound than the limit allows, whatever the header claims. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError'
}
/** The browser has no decoder for this. */
export class UndecodableError extends Error {
  override readonly name = 'UndecodableError'
}

/** Decodes a file piece by piece, for what is too long to lie in memory as a whole. */
export function decodeInStream(file: Blob, durationInMs: number, maxDurationInMs: number): PcmSource {
  const toSamples = (ms: number) => Math.ceil((ms * audioFormat.sampleRate) / 1000)
  const maxSamples = toSamples(maxDurationInMs + 1_000)
  return {
    durationInSamples: toSamples(durationInMs),
    async *open() {
      const input = openInput(file)
      try {
        const track = await input.getPrimaryAudioTrack()
        if (!track || !(await track.canDecode())) throw new UndecodableError()
        let resample: ReturnType<typeof createStereoResampler> | null = null
        let samples = 0
        for await (const sample of new AudioSampleSink(track).samples(0)) {
          resample ??= createStereoResampler(sample.sampleRate)
          const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
            const plane = new Float32Array(sample.numberOfFrames)
            sample.copyTo(plane, { planeIndex, format: 'f32-planar' })
            return finite(plane)
          })
          sample.close()
          const block = resample.add(mixToStereo(channels))
          samples += block.left.length
          if (samples > maxSamples) throw new TooLongError()
          yield block
        }
        if (resample) yield resample.flush()
      } finally {
        input.dispose()
      }
    },
  }
}

function createStereoResampler(from: number) {
  const left = createResampler(from, audioFormat.sampleRate)
  const right = createResampler(from, audioFormat.sampleRate)
  return {
    add: (block: Stereo): Stereo => ({ left: left.add(block.left), right: right.add(block.right) }),
    flush: (): Stereo => ({ left: left.flush(), right: right.flush() }),
  }
}
