import { calibrationChirp } from '#lib/domain/calibration/chirp.ts'
import { type DelayMeasurement, measureDelay } from '#lib/domain/calibration/measure-delay.ts'
import { chirpPattern } from '#lib/domain/calibration/patterns.ts'
import { type Microphone, openMicrophone } from './microphone.ts'
import { type PlayedPattern, playPattern } from './play-pattern.ts'

/** How late the output is, as a microphone on the same device hears it. */
export type Calibration =
  | {
      ok: true
      /** What to make up for: what was measured, less the microphone's own part as far as it is known. */
      delayInMs: number
      uncertaintyInMs: number
      /** The microphone's own part; null where the browser does not say, and then it is still in `delayInMs`. */
      inputLatencyInMs: number | null
      agreed: number
      played: number
      confidence: 'high' | 'fair'
      microphoneLabel: string
    }
  | { ok: false; reason: CalibrationFailure }

/**
 * `not_heard` and `unsteady` as in `DelayMeasurement`; `no_microphone`: there is none, or it is taken; `refused`: this person
 * or this address does not allow it; `not_played`: the browser did not play the chirps to their end.
 */
export type CalibrationFailure = 'not_heard' | 'unsteady' | 'no_microphone' | 'refused' | 'not_played'

export type CalibrationProgress = {
  /** From 0 to 1. */
  part: number
  /** The loudest that the microphone heard so far, from 0 to 1. */
  peak: number
}

export type CalibrationDeps = {
  open: () => Promise<Microphone>
  play: (outputDeviceId: string) => PlayedPattern
}

const browserDeps: CalibrationDeps = {
  open: openMicrophone,
  play: (outputDeviceId) => playPattern(chirpPattern(), outputDeviceId),
}

const progressEveryInMs = 100
/** The last sound is still on its way when the element has ended. */
const lingerInMs = 250
/** What may be left of the microphone's path once its reported latency is taken off, and where none is reported. */
const restOfPathInMs = { reported: 10, unknown: 40 }

/**
 * Plays chirps to an output and measures by the microphone how late they come. What no browser tells is how long the
 * microphone's own path takes; where it gives a figure, that is taken off, and what may be left is in the uncertainty.
 * To be called in a gesture. `signal` ends it early.
 */
export async function calibrate(
  outputDeviceId: string,
  onProgress: (progress: CalibrationProgress) => void,
  signal: AbortSignal,
  deps: CalibrationDeps = browserDeps,
): Promise<Calibration> {
  let microphone: Microphone
  try {
    microphone = await deps.open()
  } catch (error) {
    return { ok: false, reason: isRefusal(error) ? 'refused' : 'no_microphone' }
  }
  try {
    signal.throwIfAborted()
    return await listenToChirps(microphone, deps.play(outputDeviceId), onProgress, signal)
  } finally {
    microphone.close()
  }
}

async function listenToChirps(
  microphone: Microphone,
  played: PlayedPattern,
  onProgress: (progress: CalibrationProgress) => void,
  signal: AbortSignal,
): Promise<Calibration> {
  const tell = () => onProgress({ part: played.progress, peak: microphone.peak })
  const timer = setInterval(tell, progressEveryInMs)
  signal.addEventListener('abort', played.stop, { once: true })
  try {
    await played.ended
    await new Promise((resolve) => setTimeout(resolve, lingerInMs))
  } catch {
    signal.throwIfAborted()
    return { ok: false, reason: 'not_played' }
  } finally {
    clearInterval(timer)
  }
  const { originInMs } = played
  const heard = microphone.heard()
  if (!heard) return { ok: false, reason: 'no_microphone' }
  if (originInMs === null) return { ok: false, reason: 'not_played' }
  const emittedAtInMs = chirpPattern().marksInMs.map((markInMs) => originInMs + markInMs)
  return withoutMicrophone(measureDelay(heard, emittedAtInMs, calibrationChirp), microphone)
}

function withoutMicrophone(measured: DelayMeasurement, microphone: Microphone): Calibration {
  if (!measured.ok) return measured
  const { inputLatencyInMs, label } = microphone
  return {
    ...measured,
    delayInMs: measured.delayInMs - (inputLatencyInMs ?? 0),
    uncertaintyInMs: Math.hypot(
      measured.uncertaintyInMs,
      inputLatencyInMs === null ? restOfPathInMs.unknown : restOfPathInMs.reported,
    ),
    inputLatencyInMs,
    microphoneLabel: label,
  }
}

function isRefusal(error: unknown): boolean {
  // Without https there is no `mediaDevices` at all.
  const isForbidden = error instanceof DOMException && /NotAllowed|Security/.test(error.name)
  return isForbidden || !globalThis.navigator?.mediaDevices
}
