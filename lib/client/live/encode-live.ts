import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  CmafOutputFormat,
  HlsOutputFormat,
  Output,
  PathedTarget,
  Quality,
} from 'mediabunny'
import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { type FragmentSpan, fragmentSpan } from '#lib/domain/live/fragment-span.ts'
import { liveFormat } from '#lib/domain/live/live.ts'
import { ensureAacEncoder } from '#lib/encoding/aac-encoder.ts'

/** A segment as it comes out of the encoder; numbers count from 1. */
export type EncodedSegment = FragmentSpan & { number: number; bytes: Uint8Array<ArrayBuffer> }

export type LiveEncoder = {
  /** Sound that follows on the last, at 48 kHz. Resolves when the encoder has taken it. */
  add: (block: Stereo) => Promise<void>
  /** Encodes what is left; the last segment may be short. */
  finish: () => Promise<void>
}

const { sampleRate, channels, bitrate, segmentDurationInMs } = liveFormat

/**
 * Encodes sound to AAC as it comes and cuts it into segments (CMAF), each handed out as soon as it is whole. The
 * initialisation segment comes first.
 */
export async function createLiveEncoder(on: {
  init: (bytes: Uint8Array<ArrayBuffer>) => void
  segment: (segment: EncodedSegment) => void
}): Promise<LiveEncoder> {
  await ensureAacEncoder()
  let addedInSamples = 0

  function takeFile(path: string, bytes: Uint8Array<ArrayBuffer>): void {
    if (path === initName) on.init(bytes)
    const number = Number(/^(\d+)\.m4s$/.exec(path)?.[1])
    if (!number) return
    const span = fragmentSpan(bytes)
    if (!span) throw new Error(`the encoder wrote no fragment into ${path}`)
    on.segment({ ...span, number, bytes })
  }

  const output = new Output({
    format: new HlsOutputFormat({
      segmentFormat: new CmafOutputFormat(),
      targetDuration: segmentDurationInMs / 1_000,
      live: true,
      // The server writes the playlists; here nothing is kept of what has been handed out.
      maxLiveSegmentCount: 2,
      getPlaylistPath: () => 'live.m3u8',
      getInitPath: () => initName,
      getSegmentPath: ({ n }) => `${n}.m4s`,
    }),
    target: new PathedTarget(
      'master.m3u8',
      ({ path }) =>
        new BufferTarget({ onFinalize: (buffer: ArrayBuffer) => takeFile(path, new Uint8Array(buffer)) }),
    ),
  })
  const samples = new AudioSampleSource({ codec: 'aac', quality: new Quality({ bitrate }) })
  output.addAudioTrack(samples)
  await output.start()

  return {
    async add({ left, right }) {
      const data = new Float32Array(left.length * channels)
      data.set(left)
      data.set(right, left.length)
      const sample = new AudioSample({
        data,
        format: 'f32-planar',
        numberOfChannels: channels,
        sampleRate,
        timestamp: addedInSamples / sampleRate,
      })
      addedInSamples += left.length
      await samples.add(sample)
      sample.close()
    },
    finish: () => output.finalize(),
  }
}

const initName = 'init.mp4'
