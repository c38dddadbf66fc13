import type { DeviceTraits } from '#lib/domain/sync/correction.ts'
import type { Loudness } from './loudness.ts'
import type { Playback } from './playback.ts'
import { createSteering } from './steering.ts'

/** Where a playhead has to be, in media time, and what may be done to get it there. */
export type Aim = {
  wantedInMs: number
  /** The same at another instant of `now`. */
  wantedAt: (localInMs: number) => number
  /** Whether it can be played from a position on. */
  canPlayFrom: (positionInMs: number) => boolean
  /** Sees to it that what is wanted gets loaded. */
  bringCloser: () => void
  /** Whether there is anything to hear, now or soon, so that it is led gently. */
  isHeard: boolean
  /** Whether it may be heard once it is in sync. */
  mayBeHeard: boolean
}

export type PursuitStatus = 'loading' | 'stalled' | 'acquiring' | 'in_sync'

/** A playhead closer than this to where it belongs is bent there; a seek would not be quicker. */
const closeEnoughInMs = 40

/** Leads one element's playhead to a moving position and keeps it there; it is heard only while it is in sync. */
export function createPursuit(
  element: HTMLMediaElement,
  {
    now,
    device,
    loudness,
    playback,
  }: {
    now: () => number
    device: { traits: DeviceTraits | undefined }
    loudness: Loudness
    playback: Playback
  },
) {
  const steering = createSteering(element, device, now)
  let hasBegun = false
  let hasBeenInSync = false
  let isStalled = false
  let stalls = 0

  /** Forgets how it was led: the next aim is a beginning, of the same passage. */
  function letGo(): void {
    hasBegun = false
    steering.restart()
  }

  function wait({ bringCloser }: Aim): PursuitStatus {
    loudness.setAudible(false)
    hasBegun = false
    if (hasBeenInSync && !isStalled) stalls++
    isStalled = hasBeenInSync
    bringCloser()
    return isStalled ? 'stalled' : 'loading'
  }

  return {
    steering,
    letGo,

    /** How often it had to stop for want of data, over all passages. */
    get stalls() {
      return stalls
    },

    /** The wanted position is another one from now on, or another passage. */
    startAnew(): void {
      hasBeenInSync = false
      isStalled = false
      loudness.setAudible(false)
      letGo()
    },

    follow(aim: Aim): PursuitStatus {
      playback.play()
      const landingInMs = aim.wantedInMs + steering.traits.seekLeadInMs
      if (steering.mode === 'acquiring' && !aim.canPlayFrom(landingInMs)) return wait(aim)
      isStalled = false
      const offInMs = element.currentTime * 1_000 - landingInMs
      if (!hasBegun && Math.abs(offInMs) > closeEnoughInMs) steering.begin(aim.wantedAt)
      else steering.step(aim.wantedAt, aim.isHeard)
      hasBegun = true
      const isInSync = steering.mode === 'tracking'
      hasBeenInSync ||= isInSync
      loudness.setAudible(isInSync && aim.mayBeHeard)
      return isInSync ? 'in_sync' : 'acquiring'
    },
  }
}
