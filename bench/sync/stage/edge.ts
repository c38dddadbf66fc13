/** What happened at the edge between a page and its browser. Instants are epoch milliseconds. */
export type EdgeEvent =
  /** Somebody's own click or key; `label` is what was pressed. */
  | { kind: 'tap'; atInMs: number; label: string }
  /** The page changed an element's rate, or moved its playhead (seconds). `element` counts from 0. */
  | { kind: 'rate' | 'seek'; atInMs: number; element: number; value: number }

/**
 * Runs in the page before its scripts, after the tap; like it, it may not use anything from outside itself.
 *
 * - **A sound card that runs fast or slow.** A media element's position follows the clock of the sound card. One whose
 *   crystal is 100 ppm fast consumes 1.0001 s of music in a second, whatever the page does. So every rate the page sets
 *   is multiplied by 1 + `driftInPpm`, below the property, and the page reads back what it has set: as with the real
 *   thing, it can see the drift in `currentTime` alone.
 * - **No sound without a tap.** `play()` is refused until somebody has tapped in this document, as browsers do by default.
 *   The browser's own rule is off, since it would hold the tap's AudioContext back as well.
 * - **Few frames.** Four browsers that draw by the processor would fight for two cores; on four phones they do not. So a
 *   frame comes every 200 ms. Nothing that is heard waits for one.
 * - It notes taps, rates and seeks.
 */
export function installEdge(driftInPpm: number): void {
  const factor = 1 + driftInPpm / 1e6
  const elements: HTMLMediaElement[] = []
  let events: EdgeEvent[] = []
  let isTapped = false
  const now = () => performance.timeOrigin + performance.now()
  const { prototype } = HTMLMediaElement

  function own(name: 'playbackRate' | 'currentTime') {
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {}
    if (!get || !set) throw new Error(`no ${name}`)
    return {
      get: (element: HTMLMediaElement): number => get.call(element),
      set: (element: HTMLMediaElement, value: number): void => set.call(element, value),
    }
  }
  const rate = own('playbackRate')
  const time = own('currentTime')

  /** The first time that an element is seen, its rate is still that of a perfect sound card. */
  function numberOf(element: HTMLMediaElement): number {
    const known = elements.indexOf(element)
    if (known >= 0) return known
    element.defaultPlaybackRate = factor
    rate.set(element, rate.get(element) * factor)
    return elements.push(element) - 1
  }

  Object.defineProperty(prototype, 'playbackRate', {
    configurable: true,
    enumerable: true,
    get(this: HTMLMediaElement) {
      numberOf(this)
      return Math.round((rate.get(this) / factor) * 1e9) / 1e9
    },
    set(this: HTMLMediaElement, value: number) {
      const element = numberOf(this)
      events.push({ kind: 'rate', atInMs: now(), element, value })
      rate.set(this, value * factor)
    },
  })
  Object.defineProperty(prototype, 'currentTime', {
    configurable: true,
    enumerable: true,
    get(this: HTMLMediaElement) {
      return time.get(this)
    },
    set(this: HTMLMediaElement, value: number) {
      events.push({ kind: 'seek', atInMs: now(), element: numberOf(this), value })
      time.set(this, value)
    },
  })

  const play = prototype.play
  prototype.play = function (this: HTMLMediaElement) {
    numberOf(this)
    if (isTapped) return play.call(this)
    return Promise.reject(new DOMException('play() needs a gesture', 'NotAllowedError'))
  }

  function noteTap(event: Event): void {
    if (!event.isTrusted) return
    isTapped = true
    const target = event.target instanceof Element ? event.target.closest('button,input') : null
    const label = target?.getAttribute('aria-label') ?? target?.textContent ?? ''
    const atInMs = performance.timeOrigin + event.timeStamp
    if (event.type === 'pointerup') events.push({ kind: 'tap', atInMs, label: label.trim() })
  }
  for (const type of ['pointerdown', 'pointerup', 'keydown'])
    addEventListener(type, noteTap, { capture: true })

  window.requestAnimationFrame = (paint) => window.setTimeout(() => paint(performance.now()), 200)
  window.cancelAnimationFrame = (handle) => window.clearTimeout(handle)

  Object.assign(window, {
    benchEdge: {
      handOut() {
        const seen = events
        events = []
        return seen
      },
    },
  })
  // From the first moment on: what plays is recorded whole.
  if ('listeningTap' in window) window.listeningTap.begin()
}

declare global {
  interface Window {
    benchEdge: { handOut(): EdgeEvent[] }
  }
}
