import type { Pattern } from '#lib/domain/calibration/patterns.ts'
import { medianOf } from '#lib/domain/calibration/robust.ts'
import { encodeWav } from './wav.ts'

export type PlayedPattern = {
  /** When its beginning is supposed to have sounded, on the clock of `performance.now`; null until that is known. */
  readonly originInMs: number | null
  /** From 0 to 1. */
  readonly progress: number
  /** Resolves at its end; rejects where the browser does not play it. */
  ended: Promise<void>
  stop: () => void
}

/** In its first moments a media element's clock still jumps. */
const settledAfterInMs = 1_200
const readEveryInMs = 40
const readingsNeeded = 10

/**
 * Plays a pattern as the music is played: by a media element, to the same output device, so that it is late by exactly as
 * much. To be called in a gesture.
 */
export function playPattern(pattern: Pattern, outputDeviceId: string, element = new Audio()): PlayedPattern {
  const url = URL.createObjectURL(encodeWav(asPcm(pattern.samples), pattern.sampleRate))
  const durationInMs = (pattern.samples.length * 1_000) / pattern.sampleRate
  const origins: number[] = []
  let lastPositionInMs = 0
  let timer: ReturnType<typeof setInterval> | undefined

  const read = (): void => {
    const positionInMs = element.currentTime * 1_000
    const hasMoved = positionInMs !== lastPositionInMs
    lastPositionInMs = positionInMs
    if (hasMoved && positionInMs > settledAfterInMs) origins.push(performance.now() - positionInMs)
  }

  const stop = (): void => {
    clearInterval(timer)
    element.pause()
    element.removeAttribute('src')
    URL.revokeObjectURL(url)
  }

  const play = async (): Promise<void> => {
    element.preservesPitch = false
    if (outputDeviceId) await element.setSinkId(outputDeviceId)
    element.src = url
    await new Promise<void>((resolve, reject) => {
      element.addEventListener('ended', () => resolve(), { once: true })
      element.addEventListener('pause', () => element.ended || reject(new Error('paused')), { once: true })
      element.addEventListener('error', () => reject(element.error), { once: true })
      element.play().catch(reject)
    })
  }

  timer = setInterval(read, readEveryInMs)
  const ended = play().finally(stop)
  return {
    get originInMs() {
      return origins.length < readingsNeeded ? null : medianOf(origins)
    },
    get progress() {
      return Math.min(1, lastPositionInMs / durationInMs)
    },
    ended,
    stop,
  }
}

/** Samples from -1 to 1 as 16-bit ones. */
function asPcm(samples: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767)
}
