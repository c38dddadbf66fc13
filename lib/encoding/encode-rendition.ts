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
import { audioFormat, initPath, type Rendition, type renditions, segmentPath } from '#lib/protocol/tracks.ts'
import type { PcmSource } from './pcm.ts'
import { sha256 } from './sha256.ts'

/** A file of a track, as it goes to Storage. */
export type EncodedFile = { path: string; bytes: Uint8Array<ArrayBuffer> }

export type EncodeRenditionOptions = {
  source: PcmSource
  rendition: (typeof renditions)[number]
  /** Linear. */
  gain: number
  /** Takes each file as soon as it is whole; the encoding waits for it. */
  onFile: (file: EncodedFile) => Promise<void>
  onProgress: (share: number) => void
  signal?: AbortSignal | undefined
}

const { sampleRate, channels, preRollInMs, primingInSamples, segmentDurationInMs } = audioFormat
const preRollInSamples = (preRollInMs * sampleRate) / 1000 - primingInSamples

/** Encodes one rendition to AAC in CMAF segments, behind the silent pre-roll. */
export async function encodeRendition(options: EncodeRenditionOptions): Promise<Rendition> {
  const { source, rendition, gain, onFile, onProgress, signal } = options
  const { name, bitrate } = rendition
  const files = new Map<string, { path: string; bytes: number; sha256: string }>()
  let playlist = ''

  const output = new Output({
    format: new HlsOutputFormat({
      segmentFormat: new CmafOutputFormat(),
      targetDuration: segmentDurationInMs / 1000,
      getPlaylistPath: () => `${name}.m3u8`,
      getInitPath: () => initPath(name),
      getSegmentPath: ({ n }) => segmentPath(name, n),
      onPlaylist: (content) => {
        playlist = content
      },
    }),
    target: new PathedTarget('master.m3u8', ({ path }) => {
      const onFinalize = async (buffer: ArrayBuffer) => {
        // The server writes the playlists, from what it finds.
        if (path.endsWith('.m3u8')) return
        const bytes = new Uint8Array(buffer)
        files.set(path, { path, bytes: bytes.length, sha256: await sha256(bytes) })
        await onFile({ path, bytes })
      }
      return new BufferTarget({ onFinalize })
    }),
  })
  const samples = new AudioSampleSource({ codec: 'aac', quality: new Quality({ bitrate }) })
  output.addAudioTrack(samples)
  try {
    await output.start()
    let positionInSamples = 0
    for await (const { left, right } of withPreRoll(source)) {
      signal?.throwIfAborted()
      const data = new Float32Array(left.length * channels)
      for (let i = 0; i < left.length; i++) {
        data[i] = (left[i] ?? 0) * gain
        data[left.length + i] = (right[i] ?? 0) * gain
      }
      const sample = new AudioSample({
        data,
        format: 'f32-planar',
        numberOfChannels: channels,
        sampleRate,
        timestamp: positionInSamples / sampleRate,
      })
      await samples.add(sample)
      sample.close()
      positionInSamples += left.length
      onProgress(Math.min(1, positionInSamples / (preRollInSamples + source.durationInSamples)))
    }
    await output.finalize()
  } catch (error) {
    await output.cancel()
    throw error
  }
  return toRendition(rendition, files, playlist)
}

/**
 * The encoder delays everything by its priming samples, so the pre-roll is shorter by them: what was sample 0 is heard
 * at exactly `preRollInMs`.
 */
async function* withPreRoll(source: PcmSource) {
  const silence = new Float32Array(preRollInSamples)
  yield { left: silence, right: silence }
  yield* source.open()
}

function toRendition(
  { name, bitrate }: EncodeRenditionOptions['rendition'],
  files: ReadonlyMap<string, { path: string; bytes: number; sha256: string }>,
  playlist: string,
): Rendition {
  const file = (path: string) => {
    const found = files.get(path)
    if (!found) throw new Error(`the encoder did not write ${path}`)
    return found
  }
  const durations = [...playlist.matchAll(/^#EXTINF:([\d.]+),/gm)].map((match) => Number(match[1]) * 1000)
  return {
    name,
    bitrate,
    init: file(initPath(name)),
    segments: durations.map((durationInMs, i) => ({ ...file(segmentPath(name, i + 1)), durationInMs })),
  }
}
