/**
 * What happened to whom. What a listener hears is moved on purpose by some; the others should go unnoticed.
 *
 * - `come_in`: the tap that lets somebody into the room; `listen`: the tap that turns the sound on again; `reload`: the
 *   same after the page was loaded again; `leave`: the sound was turned off, or the page reloaded.
 * - `play`, `pause`, `resume`, `seek`, `next`: the DJ's tap. `change`: a track began when the one before it was over.
 * - `offline`, `online`: the network was gone; `quality`: another rendition was forced.
 */
export type HappeningKind =
  | 'come_in'
  | 'listen'
  | 'reload'
  | 'leave'
  | 'play'
  | 'pause'
  | 'resume'
  | 'seek'
  | 'next'
  | 'change'
  | 'offline'
  | 'online'
  | 'quality'

export type Happening = { kind: HappeningKind; atInMs: number; who: string | 'everybody' }

/** After these somebody must come into sync again, measured from the tap. */
const asksForSync = new Set<HappeningKind>(['come_in', 'listen', 'reload', 'play', 'resume', 'seek', 'next'])
/** After these somebody is a newcomer: what was before counts no more. */
const entrances = new Set<HappeningKind>(['come_in', 'listen', 'reload'])
/** These end what was to be heard. */
const interrupts = new Set<HappeningKind>([...asksForSync, 'leave', 'pause'])

/** A time during which one listener should hear the music, from the tap that asked for it to what ended it. */
export type Stretch = {
  kind: HappeningKind
  fromInMs: number
  untilInMs: number
  /** Whether the listener came in by it, or was there already. */
  isEntrance: boolean
}

/** The happenings that concern one listener while they listen, in order. */
export function happeningsOf(
  all: readonly Happening[],
  name: string,
  isThereFromTheStart: boolean,
): Happening[] {
  let isListening = isThereFromTheStart
  return [...all]
    .sort((a, b) => a.atInMs - b.atInMs)
    .filter(({ kind, who }) => {
      if (who !== 'everybody' && who !== name) return false
      if (kind === 'leave') isListening = false
      if (entrances.has(kind)) isListening = true
      return isListening || kind === 'leave'
    })
}

export function stretchesOf(own: readonly Happening[], endInMs: number): Stretch[] {
  return own.flatMap(({ kind, atInMs }, index) => {
    if (!asksForSync.has(kind)) return []
    const end = own.slice(index + 1).find((next) => interrupts.has(next.kind))
    const isEntrance = entrances.has(kind) || kind === 'play'
    return [{ kind, fromInMs: atInMs, untilInMs: end?.atInMs ?? endInMs, isEntrance }]
  })
}
