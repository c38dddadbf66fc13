/** Unheard, but not silent: browsers suspend what is muted, and its clock would not be the one that is heard later. */
const nearlySilent = 0.0005

const fadeInMs = 40
const fadeStepInMs = 8

export type Loudness = {
  /** Fades to the person's volume, or out of hearing. */
  setAudible(isAudible: boolean): void
  setVolume(volume: number): void
  readonly isAudible: boolean
  destroy(): void
}

/** The volume of one element, moved in short fades so that nothing clicks. On iPhones, where it is fixed, `muted`. */
export function createLoudness(element: HTMLMediaElement, now: () => number): Loudness {
  const isAdjustable = isVolumeAdjustable(element)
  let isAudible = false
  let volume = 1
  let timer: ReturnType<typeof setTimeout> | undefined

  function fade(): void {
    clearTimeout(timer)
    const from = element.volume
    const to = isAudible ? volume : Math.min(volume, nearlySilent)
    const startedAtInMs = now()
    // The way is measured by the clock and not in steps: in a hidden tab a timer may be a second late.
    const step = () => {
      const done = Math.min(1, (now() - startedAtInMs) / fadeInMs)
      element.volume = from + (to - from) * done
      if (done < 1) timer = setTimeout(step, fadeStepInMs)
    }
    step()
  }

  function apply(): void {
    if (isAdjustable) fade()
    else element.muted = !isAudible || volume === 0
  }

  if (isAdjustable) element.volume = nearlySilent
  else element.muted = true

  return {
    get isAudible() {
      return isAudible
    },
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
