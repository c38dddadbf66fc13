import type { HeardSound } from '#lib/domain/calibration/measure-delay.ts'
import { medianOf } from '#lib/domain/calibration/robust.ts'
import { recorderSource } from './recorder-worklet.ts'

export type Microphone = {
  /** What the browser calls it; empty where it does not say. */
  label: string
  /** From the air to our code, as far as the browser tells; null where it does not. */
  readonly inputLatencyInMs: number | null
  /** The loudest sample so far, from 0 to 1. */
  readonly peak: number
  /** What was heard so far. `startsAtInMs` is on the clock of `performance.now`; null before anything was. */
  heard: () => HeardSound | null
  close: () => void
}

type Block = { frame: number; atInMs: number; samples: Float32Array }

/** `MediaStreamTrack.stats` (Media Capture Extensions), where it is known. */
type TrackStats = { averageLatency?: number; latency?: number }

/** Everything that a microphone does to speech would bend or swallow a chirp. */
const asItIs: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  channelCount: 1,
}

/** Opens the microphone and records. @throws DOMException `NotAllowedError`, `NotFoundError` and others of getUserMedia */
export async function openMicrophone(): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: asItIs })
  const [track] = stream.getAudioTracks()
  const context = new AudioContext({ latencyHint: 'interactive' })
  const blocks: Block[] = []
  let peak = 0

  const close = (): void => {
    for (const each of stream.getTracks()) each.stop()
    void context.close()
  }
  try {
    const recorder = await openRecorder(context, stream)
    recorder.port.onmessage = ({ data }: MessageEvent<Block>) => {
      blocks.push(data)
      for (const sample of data.samples) peak = Math.max(peak, Math.abs(sample))
    }
    await context.resume()
  } catch (error) {
    close()
    throw error
  }
  return {
    label: track?.label ?? '',
    get inputLatencyInMs() {
      return track ? inputLatencyOf(track) : null
    },
    get peak() {
      return peak
    },
    heard: () => joinBlocks(blocks, context.sampleRate, wallClockOffsetInMs()),
    close,
  }
}

async function openRecorder(context: AudioContext, stream: MediaStream): Promise<AudioWorkletNode> {
  const url = URL.createObjectURL(new Blob([recorderSource], { type: 'text/javascript' }))
  await context.audioWorklet.addModule(url).finally(() => URL.revokeObjectURL(url))
  const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 1 })
  // A node is only run on its way to the output; this one stays silent there.
  context.createMediaStreamSource(stream).connect(recorder).connect(context.destination)
  return recorder
}

function inputLatencyOf(track: MediaStreamTrack): number | null {
  const { stats } = track as MediaStreamTrack & { stats?: TrackStats }
  const measuredInMs = stats?.averageLatency ?? stats?.latency
  if (measuredInMs) return measuredInMs
  const { latency } = track.getSettings() as MediaTrackSettings & { latency?: number }
  return latency ? latency * 1_000 : null
}

/** What turns the wall clock, which the recorder reads, into `performance.now`; the middle of some readings. */
function wallClockOffsetInMs(): number {
  // Date.now() is cut to whole milliseconds: half of one is missing on average.
  return medianOf(Array.from({ length: 99 }, () => performance.now() - (Date.now() + 0.5)))
}

/** Puts blocks together by their frame numbers: what was lost in between is silence, and nothing moves. */
export function joinBlocks(
  blocks: readonly Block[],
  sampleRate: number,
  clockOffsetInMs: number,
): HeardSound | null {
  const [first] = blocks
  const last = blocks.at(-1)
  if (!first || !last) return null
  const samples = new Float32Array(last.frame + last.samples.length - first.frame)
  for (const block of blocks) samples.set(block.samples, block.frame - first.frame)
  const startsAtInMs = medianOf(
    blocks.map(({ frame, atInMs }) => atInMs + 0.5 - ((frame - first.frame) * 1_000) / sampleRate),
  )
  return { samples, sampleRate, startsAtInMs: startsAtInMs + clockOffsetInMs }
}
