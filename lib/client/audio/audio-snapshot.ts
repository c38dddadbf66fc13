import type { Quality } from './quality.ts'
import type { SourceErrorCode } from './source.ts'

/** What a listener's player is doing. */
export type AudioPhase =
  | 'silent'
  | 'needs_gesture'
  | 'loading'
  | 'acquiring'
  | 'in_sync'
  | 'stalled'
  | 'failed'

export type AudioSnapshot = {
  phase: AudioPhase
  /** What the deck of the live stream is doing. */
  livePhase: AudioPhase
  /** Whether this listener wants sound. */
  isListening: boolean
  itemId: string | null
  /** Where this player is in the music; null while it makes no sound. */
  positionInMs: number | null
  /** Actual minus wanted position as the controller sees it; null while unknown. */
  offsetInMs: number | null
  /** How far this browser's idea of server time may be off; null while unknown. */
  uncertaintyInMs: number | null
  /** How much faster this device's sound card runs than the server's clock, as learned; null while unknown. */
  driftInPpm: number | null
  /** Music that lies ready from the position on. */
  bufferInMs: number
  /** Bits per second of the rendition in use. */
  bitrate: number | null
  /** Seeks and changes of the rate made so far. */
  corrections: number
  /** How often the sound had to stop for want of data. */
  stalls: number
  errorCode: SourceErrorCode | null
  /** What the listener has set. */
  quality: Quality
  nudgeInMs: number
  /** '' is the system's default, also after a chosen device has gone. */
  outputDeviceId: string
  /** How often devices came or went: what was calibrated for one may not hold for another. */
  deviceChanges: number
}

export const atRest: AudioSnapshot = {
  phase: 'silent',
  livePhase: 'silent',
  isListening: false,
  itemId: null,
  positionInMs: null,
  offsetInMs: null,
  uncertaintyInMs: null,
  driftInPpm: null,
  bufferInMs: 0,
  bitrate: null,
  corrections: 0,
  stalls: 0,
  errorCode: null,
  quality: 'auto',
  nudgeInMs: 0,
  outputDeviceId: '',
  deviceChanges: 0,
}

type Phases = Pick<AudioSnapshot, 'phase' | 'livePhase'>

/** Beside music, a voice is a guest; without, it is what there is to hear. */
export function isLiveAlone({ phase, livePhase }: Phases): boolean {
  return phase === 'silent' && livePhase !== 'silent'
}

/** The phase of what there is to hear, to which the figures belong. */
export function heardPhase(audio: Phases): AudioPhase {
  return isLiveAlone(audio) ? audio.livePhase : audio.phase
}
