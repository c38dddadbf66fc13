/** Unheard, but not silent: browsers suspend what is muted, and its clock would not be the one that is heard later. */
const nearlySilent = 0.0005

const fadeInMs = 40
const fadeStepInMs = 8

/** A gain that moves by more at once is faded, so that it does not click. */
const largestStep = 0.15

/** Where the volume is fixed, what is below half of its power counts as silent: a crossfade becomes a cut in its middle. */
const halfPower = Math.SQRT1_2

/** What the plans want of an element, each from 0 to 1: its place in a crossfade, and how far it steps back for a voice. */
export type Mix = { fade: number; duck: number }

export type Loudness = {
  /** Fades to the person's volume, or out of hearing. */
  setAudible(isAudible: boolean): void
  /** The listener's own volume, from 0 to 1. */
  setVolume(volume: number): void
  setMix(mix: Mix): void
  destroy(): void
}

/** The volume of one element, moved in short fades so that nothing clicks. On iPhones, where it is fixed, `muted`. */
export function createLoudness(element: HTMLMediaElement, now: () => number): Loudness {
  const isAdjustable = isVolumeAdjustable(element)
  let isAudible = false
  let volume = 1
  let mix: Mix = { fade: 1, duck: 1 }
  let isFading = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function target(): number {
    const quietest = Math.min(volume, nearlySilent)
    return isAudible ? Math.max(quietest, volume * mix.fade * mix.duck) : quietest
  }

  function fade(): void {
    clearTimeout(timer)
    const from = element.volume
    const startedAtInMs = now()
    isFading = true
    // The way is measured by the clock and not in steps: on a busy machine a timer may be late.
    const step = () => {
      // Nobody would wake this timer in time in a hidden tab that has been silent.
      const done = globalThis.document?.hidden ? 1 : Math.min(1, (now() - startedAtInMs) / fadeInMs)
      element.volume = from + (target() - from) * done
      if (done < 1) timer = setTimeout(step, fadeStepInMs)
      else isFading = false
    }
    step()
  }

  function applyMute(): void {
    const isMixedOut = mix.fade < halfPower || mix.duck < halfPower
    const isMuted = !isAudible || volume === 0 || isMixedOut
    if (element.muted !== isMuted) element.muted = isMuted
  }

  function apply(): void {
    if (isAdjustable) fade()
    else applyMute()
  }

  if (isAdjustable) element.volume = nearlySilent
  else element.muted = true

  return {
    setAudible(next) {
      if (next === isAudible) return
      isAudible = next
      apply()
    },
    setVolume(next) {
      if (next === volume) return
      volume = Math.min(1, Math.max(0, next))
      apply()
    },
    setMix(next) {
      if (next.fade === mix.fade && next.duck === mix.duck) return
      mix = next
      if (!isAdjustable) applyMute()
      else if (isFading) return
      else if (Math.abs(target() - element.volume) > largestStep) fade()
      else element.volume = target()
    },
    destroy: () => clearTimeout(timer),
  }
}

function isVolumeAdjustable(element: HTMLMediaElement): boolean {
  const before = element.volume
  element.volume = 0.5
  const isAdjustable = element.volume === 0.5
  element.volume = before
  return isAdjustable
}
