import { type DeviceTraits, gentleAheadInMs } from '#lib/domain/sync/correction.ts'
import { type Gain, gainAt } from '#lib/domain/sync/fade.ts'
import type { Schedule } from '#lib/domain/sync/plan-decks.ts'
import type { Network } from './network.ts'
import type { Quality } from './quality.ts'

/** What can be played: a track, or a live stream, which has no end that is known (`durationInMs` is infinite). */
export type Media = { playlistPath: string; preRollInMs: number; durationInMs: number }

/** The passage a deck is given: what, when it sounds, and how loud. */
export type Program = { key: string; media: Media; schedule: Schedule; gain?: Gain | undefined }

export type DeckStatus = 'idle' | 'loading' | 'acquiring' | 'in_sync' | 'stalled' | 'failed'

/** What a listener has set, the same for all decks. */
export type DeckSettings = {
  volume: number
  quality: Quality
  /** How much earlier this device has to play, because its loudspeaker is late. */
  nudgeInMs: number
}

export type DeckDeps = {
  element: HTMLMediaElement
  mediaUrl: (path: string) => string
  now: () => number
  /** Server time at an instant of `now`; null while unknown. */
  serverTimeAtInMs: (localInMs: number) => number | null
  network: Network
  /** What the decks of one device learn together. */
  device: { traits: DeviceTraits | undefined }
  settings: Readonly<DeckSettings>
  /** The browser wants a gesture before it plays. */
  onRefused: () => void
  /** Something else than this deck paused the element: a headset was unplugged, a call came in. */
  onPausedFromOutside: () => void
}

/** How often a deck reads its position, in ms. */
export const pace = { acquiring: 25, tracking: 200, resting: 250 }

/** A change of the nudge up to this is bent in; a larger one is taken like a seek. */
export const nudgeBentUpToInMs = 15

/** A passage that begins in the middle of a track runs unheard for so long before. */
const runUpInMs = 4_000

/** Until so long before its music begins, only the head of a track is loaded. */
const nearFromInMs = 20_000

/**
 * Whether more than its head is worth loading now. Of what plays, not before its place is found: a minute of music that
 * arrives all at once keeps a slow device from finding it, and whoever never listens needs none. What is held at its
 * beginning stands by for its turn.
 */
export function isWorthLoadingAhead(program: Program, wantedInMs: number, isInSync: boolean): boolean {
  const { media, schedule } = program
  if (schedule.kind === 'held') return wantedInMs > media.preRollInMs
  return isUnderWay(program, wantedInMs) ? isInSync : wantedInMs > -nearFromInMs
}

/** Whether it should be playing at a position. */
export function isUnderWay(program: Program, wantedInMs: number): boolean {
  return program.schedule.kind === 'playing' && wantedInMs > restsUntilInMs(program)
}

/** Until when a deck may rest, in media time: not before a start, nor in front of a passage that is far ahead. */
export function restsUntilInMs({ media, schedule, gain }: Program): number {
  if (schedule.kind === 'held' || !gain) return 0
  const fadesInFromInMs = gain.inFromInMs - schedule.startsAtInMs
  return Math.max(0, media.preRollInMs + fadesInFromInMs - runUpInMs)
}

/**
 * Whether it is heard at a position, or soon after. The pre-roll is silent, and so is what waits for its place in a
 * crossfade.
 */
export function isHeardSoon({ media, schedule, gain }: Program, wantedInMs: number): boolean {
  const soonInMs = wantedInMs + gentleAheadInMs
  if (schedule.kind === 'held' || soonInMs <= media.preRollInMs) return false
  const loudnessAt = (positionInMs: number) =>
    gainAt(gain, schedule.startsAtInMs + positionInMs - media.preRollInMs)
  return loudnessAt(wantedInMs) > 0 || loudnessAt(soonInMs) > 0
}

export function isSameSchedule(a: Schedule, b: Schedule): boolean {
  if (a.kind === 'held') return b.kind === 'held'
  return b.kind === 'playing' && a.startsAtInMs === b.startsAtInMs
}
