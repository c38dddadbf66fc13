import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import {
  type CaptureClock,
  emptyCaptureClock,
  noteArrival,
  originInMs,
} from '#lib/domain/live/capture-clock.ts'
import { liveFormat } from '#lib/domain/live/live.ts'
import { ensureAacEncoder } from '#lib/encoding/aac-encoder.ts'
import { createLiveEncoder, type EncodedSegment } from './encode-live.ts'

/** `nowInMs`: the page's `performance.now()`, by which it wants to be told when something was captured. */
export type LiveEncoderRequest = { port: MessagePort; nowInMs: number }

export type LiveEncoderNews =
  | { kind: 'ready' }
  /** Sound comes; its first sample was captured at `originInMs` of the page's clock. */
  | { kind: 'began'; originInMs: number }
  | { kind: 'init'; bytes: Uint8Array<ArrayBuffer> }
  /** `originInMs` as it is estimated now: the clock of the device and ours drift apart. */
  | (EncodedSegment & { kind: 'segment'; originInMs: number })
  | { kind: 'ended' }
  | { kind: 'failed'; message: string }

/** From the worklet; null: that was all. */
type Block = (Stereo & { untilInSamples: number }) | null

const { sampleRate, preRollInMs, primingInSamples } = liveFormat
// The encoder delays everything by its priming samples, so the silence in front is shorter by them.
const preRollInSamples = (preRollInMs * sampleRate) / 1_000 - primingInSamples

const tell = (news: LiveEncoderNews) => self.postMessage(news)

const fail = (error: unknown) => tell({ kind: 'failed', message: String(error) })

self.addEventListener('message', ({ data }: MessageEvent<LiveEncoderRequest>) => {
  run(data).catch(fail)
})
ensureAacEncoder().then(() => tell({ kind: 'ready' }), fail)

async function run({ port, nowInMs }: LiveEncoderRequest): Promise<void> {
  const aheadInMs = nowInMs - performance.now()
  let clock: CaptureClock = emptyCaptureClock
  const origin = () => originInMs(clock) ?? nowInMs
  const blocks = receive(port, ({ untilInSamples }) => {
    clock = noteArrival(clock, { untilInSamples, atInMs: performance.now() + aheadInMs }, sampleRate)
  })
  const encoder = await createLiveEncoder({
    init: (bytes) => tell({ kind: 'init', bytes }),
    segment: (segment) => tell({ kind: 'segment', originInMs: origin(), ...segment }),
  })
  // The first news are the latest: a few more, and it is known when sound began.
  const first = [await blocks(), await blocks(), await blocks()]
  tell({ kind: 'began', originInMs: origin() })
  const silence = new Float32Array(preRollInSamples)
  await encoder.add({ left: silence, right: silence })
  for (const block of first) if (block) await encoder.add(block)
  for (let block = await blocks(); block; block = await blocks()) await encoder.add(block)
  await encoder.finish()
  tell({ kind: 'ended' })
}

/** Gives the blocks in turn, and null for ever after the last; `onArrival` is called at once, however far behind the encoder is. */
function receive(port: MessagePort, onArrival: (block: NonNullable<Block>) => void): () => Promise<Block> {
  const arrived: Block[] = []
  let wake: () => void = () => {}
  port.onmessage = ({ data }: MessageEvent<Block>) => {
    if (data) onArrival(data)
    arrived.push(data)
    wake()
  }
  return async () => {
    while (arrived.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return arrived[0] ? (arrived.shift() ?? null) : null
  }
}
