import type { Schedule } from '#lib/domain/sync/plan-decks.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { bufferedAheadInMs } from './buffered.ts'
import { createLoudness } from './loudness.ts'
import { createPlayback, fadeOutInMs } from './playback.ts'
import { openSource, type Source, type SourceErrorCode } from './source.ts'
import { createSteering } from './steering.ts'

/** The passage a deck is given: which track, and when it sounds. */
export type Program = { key: string; track: Track; schedule: Schedule }

export type DeckStatus = 'idle' | 'loading' | 'acquiring' | 'in_sync' | 'stalled' | 'failed'

export type DeckDeps = {
  element: HTMLMediaElement
  mediaUrl: (path: string) => string
  now: () => number
  /** Server time at an instant of `now`; null while unknown. */
  serverTimeAtInMs: (localInMs: number) => number | null
  /** The browser wants a gesture before it plays. */
  onRefused: () => void
  /** Something else than this deck paused the element: a headset was unplugged, a call came in. */
  onPausedFromOutside: () => void
}

export type Deck = ReturnType<typeof createDeck>

/** How often the position is read, in ms. */
const pace = { acquiring: 50, tracking: 200, resting: 250 }

/** A position is within reach when so much from it on is loaded. */
const reachableAheadInMs = 250

/** The network gets so long to load what was asked for before the playhead is moved again. */
const repositionEveryInMs = 3_000

/** Where a moved playhead aims: loading takes time, and meanwhile the wanted position moves on. */
const loadingLeadInMs = 800

/** A track may turn out to be so much shorter than was said. */
const endedEarlyInMs = 2_000

/**
 * One media element that plays one slot at a time, steered to the timeline. It loads as soon as it is given a program,
 * runs the silent pre-roll before its start, and is heard only while it is in sync.
 */
export function createDeck(deps: DeckDeps) {
  const { element, now } = deps
  const steering = createSteering(element, now)
  const loudness = createLoudness(element, now)
  const playback = createPlayback(element, loudness, {
    refused: deps.onRefused,
    pausedFromOutside: deps.onPausedFromOutside,
  })
  let program: Program | null = null
  let source: Source | null = null
  let errorCode: SourceErrorCode | null = null
  let status: DeckStatus = 'idle'
  let isListening = false
  let hasBeenInSync = false
  let repositionedAtInMs = Number.NEGATIVE_INFINITY
  let audibleFromInMs = 0
  let releaseTimer: ReturnType<typeof setTimeout> | undefined

  element.preload = 'auto'
  element.preservesPitch = false

  function wantedAt({ track, schedule }: Program, localInMs: number): number | null {
    if (schedule.kind === 'held') return track.preRollInMs + schedule.positionInMs
    const serverTimeInMs = deps.serverTimeAtInMs(localInMs)
    return serverTimeInMs === null ? null : track.preRollInMs + serverTimeInMs - schedule.startsAtInMs
  }

  function load(next: Program): void {
    unload()
    program = next
    status = 'loading'
    const startInMs = Math.max(0, (wantedAt(next, now()) ?? 0) + loadingLeadInMs)
    repositionedAtInMs = now()
    const isCurrent = () => program?.key === next.key
    openSource(element, deps.mediaUrl(next.track.playlistPath), startInMs, (code) => {
      if (isCurrent()) fail(code)
    }).then(
      (opened) => {
        if (isCurrent() && !source) source = opened
        else opened.destroy()
      },
      () => setTimeout(() => isCurrent() && program && load(program), repositionEveryInMs),
    )
  }

  function fail(code: SourceErrorCode): void {
    errorCode = code
    status = 'failed'
    playback.rest()
  }

  /** Gives the slot up: what is heard fades out first. */
  function release(): void {
    program = null
    status = 'idle'
    playback.rest()
    releaseTimer = setTimeout(unload, fadeOutInMs)
  }

  function unload(): void {
    clearTimeout(releaseTimer)
    playback.stop()
    source?.destroy()
    source = null
    program = null
    errorCode = null
    status = 'idle'
    hasBeenInSync = false
    audibleFromInMs = 0
    steering.restart()
  }

  function holdAt(positionInMs: number): number {
    playback.rest()
    steering.restart()
    const isElsewhere = Math.abs(element.currentTime * 1_000 - positionInMs) > 20
    if (element.paused && element.readyState > 0 && isElsewhere) element.currentTime = positionInMs / 1_000
    return pace.resting
  }

  function follow(current: Program, wantedInMs: number): number {
    playback.play()
    if (steering.mode === 'acquiring' && !isWithinReach(wantedInMs + steering.seekLeadInMs, current)) {
      loudness.setAudible(false)
      status = hasBeenInSync ? 'stalled' : 'loading'
      reposition(wantedInMs)
      return pace.acquiring
    }
    steering.step((localInMs) => wantedAt(current, localInMs) ?? wantedInMs)
    const isInSync = steering.mode === 'tracking'
    hasBeenInSync ||= isInSync
    status = isInSync ? 'in_sync' : 'acquiring'
    loudness.setAudible(isInSync && wantedInMs >= audibleFromInMs)
    return isInSync && loudness.isAudible ? pace.tracking : pace.acquiring
  }

  function isWithinReach(positionInMs: number, { track }: Program): boolean {
    const leftInMs = track.preRollInMs + track.durationInMs - positionInMs
    return (
      bufferedAheadInMs(element, positionInMs) >= Math.min(reachableAheadInMs, Math.max(1, leftInMs - 200))
    )
  }

  /** hls.js loads from the playhead on; where that leads past or too slowly to the wanted position, it is moved. */
  function reposition(wantedInMs: number): void {
    const positionInMs = element.currentTime * 1_000
    const loadedUntilInMs = positionInMs + bufferedAheadInMs(element, positionInMs)
    const willGetThere = positionInMs <= wantedInMs + loadingLeadInMs && wantedInMs < loadedUntilInMs + 5_000
    if (willGetThere || now() - repositionedAtInMs < repositionEveryInMs || element.readyState === 0) return
    repositionedAtInMs = now()
    element.currentTime = Math.max(0, wantedInMs + loadingLeadInMs) / 1_000
  }

  return {
    get key() {
      return program?.key ?? null
    },

    get status() {
      return status
    },

    /** Whether nothing is loaded: a deck that still fades out has no slot any more, and is not empty yet. */
    get isEmpty() {
      return !program && !source
    },

    /** Seeks and changes of the rate made so far, over all slots. */
    get corrections() {
      return steering.corrections
    },

    /** Gives the deck a slot, moves the one it has, or (null) takes it away. */
    assign(next: Program | null): void {
      if (!next) {
        if (program) release()
        return
      }
      if (program?.key !== next.key || program.track.playlistPath !== next.track.playlistPath) {
        load(next)
        return
      }
      const before = program.schedule
      program = next
      const after = next.schedule
      if (before.kind === 'held' && after.kind === 'playing') {
        // A resumption is announced ahead: nobody should hear the last moments before the pause again.
        audibleFromInMs = next.track.preRollInMs + before.positionInMs
      }
      const isMoved =
        before.kind !== after.kind ||
        (before.kind === 'playing' && after.kind === 'playing' && before.startsAtInMs !== after.startsAtInMs)
      if (!isMoved) return
      if (before.kind === after.kind) audibleFromInMs = 0
      hasBeenInSync = false
      loudness.setAudible(false)
      steering.restart()
      repositionedAtInMs = Number.NEGATIVE_INFINITY
    },

    setListening(next: boolean): void {
      if (next === isListening) return
      isListening = next
      steering.restart()
    },

    setVolume: loudness.setVolume,

    unlock: playback.unlock,

    /** Does what is due; answers in how many milliseconds it wants to be called again. */
    tick(): number {
      if (!program || status === 'failed') return pace.resting
      const wantedInMs = wantedAt(program, now())
      if (wantedInMs === null) return pace.acquiring
      if (!isListening) {
        playback.rest()
        return pace.resting
      }
      if (program.schedule.kind === 'held') return holdAt(Math.max(0, wantedInMs))
      const leftInMs = program.track.preRollInMs + program.track.durationInMs - wantedInMs
      // To play an ended element would begin it again.
      if (element.ended && leftInMs < endedEarlyInMs) {
        playback.rest()
        return pace.resting
      }
      const untilPlayInMs = -wantedInMs - steering.seekLeadInMs
      if (untilPlayInMs > 0) {
        holdAt(0)
        return Math.min(pace.resting, untilPlayInMs)
      }
      return follow(program, wantedInMs)
    },

    /** What the deck is doing, for the readout. Times in ms; null where there is nothing to say. */
    read() {
      const positionInMs = element.currentTime * 1_000
      return {
        errorCode,
        offsetInMs: steering.errorInMs,
        bufferInMs: program ? bufferedAheadInMs(element, positionInMs) : 0,
        bitrate: source?.bitrate ?? null,
        positionInMs: program && playback.isPlaying ? positionInMs - program.track.preRollInMs : null,
      }
    },

    destroy(): void {
      unload()
      playback.destroy()
      loudness.destroy()
    },
  }
}
