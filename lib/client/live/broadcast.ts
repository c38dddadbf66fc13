import { nextStartInMs } from '#lib/domain/live/capture-clock.ts'
import { duckGains, isWorthSending, type LiveMode, liveFormat } from '#lib/domain/live/live.ts'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import type { LiveApi } from './live-api.ts'
import type { LiveEncoding } from './live-encoder.ts'
import type { LiveEncoderNews } from './live-encoder.worker.ts'
import { createSegmentSender } from './segment-sender.ts'

export type BroadcastDeps = {
  api: LiveApi
  /** Captures and encodes from now on (`LiveEncoders`). */
  encode: (onNews: (news: LiveEncoderNews) => void) => LiveEncoding
  mode: LiveMode
  streamId: string
  /** Gets all that is captured, however much of it reaches anybody. */
  record: (bytes: Uint8Array<ArrayBuffer>) => void
  /** Server time at an instant of `performance.now()`; null while unknown. */
  serverTimeAtInMs: (localInMs: number) => number | null
  now: () => number
  on: {
    /** Sound is captured since this server time. */
    began: (startsAtInMs: number) => void
    /** Nothing gets through since this instant of `now`; null: all is well again. */
    trouble: (sinceInMs: number | null) => void
    /** It is over, by `stop` (null) or for this reason. */
    ended: (code: ErrorCode | null) => void
  }
}

export type Broadcast = {
  /** Captures no more, sends what is left, and ends the stream. */
  stop: () => void
  /** Drops everything at once. */
  destroy: () => void
}

const { sampleRate, preRollInMs } = liveFormat
const toMs = (samples: number) => (samples * 1_000) / sampleRate

const endAttempts = 20
const endRetryDelayInMs = 1_000

/** One stream, from its first sound to its end: captured, encoded, sent, recorded. */
export function startBroadcast({
  api,
  encode,
  mode,
  streamId,
  record,
  on,
  ...deps
}: BroadcastDeps): Broadcast {
  let init: Uint8Array<ArrayBuffer> | null = null
  let last: { startsAtInMs: number; durationInMs: number } | null = null
  let endsAtInMs = Number.NaN
  let isStopping = false
  let isOver = false
  let isDestroyed = false

  const sender = createSegmentSender({
    send: (segment) => api.send(streamId, segment),
    isWorthSending({ endsAtInMs: capturedUntilInMs }) {
      const serverNowInMs = deps.serverTimeAtInMs(deps.now())
      return serverNowInMs === null || isWorthSending(capturedUntilInMs, serverNowInMs)
    },
    onRefused: (code) => finish(code),
    onChange: () => on.trouble(sender.waitingSinceInMs),
    now: deps.now,
  })

  /** Nothing is sent before the server knows of the stream. */
  let announced: Promise<unknown> = Promise.resolve()

  async function begin(originInMs: number): Promise<void> {
    const startsAtInMs = deps.serverTimeAtInMs(originInMs)
    if (startsAtInMs === null) return finish('unavailable')
    on.began(startsAtInMs)
    announced = api.start({ streamId, mode, startsAtInMs, duckGain: duckGains[mode] })
    await announced.catch((thrown: unknown) =>
      finish(thrown instanceof CodedError ? thrown.code : 'unavailable'),
    )
  }

  async function take(segment: Extract<LiveEncoderNews, { kind: 'segment' }>): Promise<void> {
    record(segment.bytes)
    // While the clock is being found again, the sound itself goes on telling the time.
    const serverOriginInMs = deps.serverTimeAtInMs(segment.originInMs)
    const expectedInMs = last ? last.startsAtInMs + last.durationInMs : null
    const measuredInMs =
      serverOriginInMs === null ? expectedInMs : serverOriginInMs + toMs(segment.startInSamples) - preRollInMs
    if (measuredInMs === null || !init) return
    const startsAtInMs = nextStartInMs(last, measuredInMs)
    const durationInMs = toMs(segment.durationInSamples)
    last = { startsAtInMs, durationInMs }
    const body = new Blob([init, segment.bytes])
    await announced.catch(() => {})
    if (!isOver) {
      sender.add({ number: segment.number, startsAtInMs, endsAtInMs: startsAtInMs + durationInMs, body })
    }
  }

  async function complete(): Promise<void> {
    await announced.catch(() => {})
    await sender.drained()
    if (!isOver) void tellEnd()
    finish(null)
  }

  /** Whoever goes on air again meanwhile ends it by that; and what nobody ends, the server does. */
  async function tellEnd(): Promise<void> {
    const lastInMs = last ? last.startsAtInMs + last.durationInMs : Number.NaN
    const untilInMs = Number.isNaN(endsAtInMs) ? lastInMs : endsAtInMs
    for (let attempt = 0; attempt < endAttempts && !isDestroyed; attempt++) {
      try {
        await api.end(streamId, untilInMs)
        return
      } catch (thrown) {
        if (!(thrown instanceof CodedError) || thrown.code !== 'unavailable') return
        await new Promise((resolve) => setTimeout(resolve, endRetryDelayInMs))
      }
    }
  }

  function finish(code: ErrorCode | null): void {
    if (isOver) return
    isOver = true
    encoding.destroy()
    sender.destroy()
    on.ended(code)
  }

  const encoding = encode((news) => {
    if (isOver) return
    switch (news.kind) {
      case 'ready':
        return
      case 'began':
        return void begin(news.originInMs)
      case 'init':
        init = news.bytes
        return record(news.bytes)
      case 'segment':
        return void take(news)
      case 'ended':
        return void complete()
      case 'failed':
        return finish('internal')
    }
  })

  return {
    stop() {
      if (isStopping) return
      isStopping = true
      endsAtInMs = deps.serverTimeAtInMs(deps.now()) ?? Number.NaN
      encoding.stop()
    },
    destroy() {
      isOver = true
      isDestroyed = true
      encoding.destroy()
      sender.destroy()
    },
  }
}
