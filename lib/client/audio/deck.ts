import type { DeviceTraits } from '#lib/domain/sync/correction.ts'
import { type Gain, gainAt } from '#lib/domain/sync/fade.ts'
import type { Schedule } from '#lib/domain/sync/plan-decks.ts'
import { bufferedAheadInMs } from './buffered.ts'
import { createLoudness } from './loudness.ts'
import type { Network } from './network.ts'
import { createPlayback } from './playback.ts'
import type { Quality } from './quality.ts'
import { createReach, loadingLeadInMs } from './reach.ts'
import { openSource, type Source, type SourceErrorCode } from './source.ts'
import { createSteering } from './steering.ts'

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

export type Deck = ReturnType<typeof createDeck>

/** How often the position is read, in ms. */
const pace = { acquiring: 25, tracking: 200, resting: 250 }

/** Until so long before its music begins, only the head of a track is loaded. */
const nearFromInMs = 20_000

/** A passage that begins in the middle of a track runs unheard for so long before. */
const runUpInMs = 4_000

/** A playhead closer than this to where it belongs is bent there; a seek would not be quicker. */
const closeEnoughInMs = 40

/** A track may turn out to be so much shorter than was said. */
const endedEarlyInMs = 2_000

/** A deck whose passage is over is emptied after so long. */
const unloadAfterInMs = 4_000

/** A change of the nudge up to this is bent in; a larger one is taken like a seek. */
const nudgeBentUpToInMs = 15

/**
 * One media element that plays one passage at a time, steered to the timeline. It loads as soon as it is given a
 * program, runs the silent pre-roll before its start, and is heard only while it is in sync.
 */
export function createDeck(deps: DeckDeps) {
  const { element, now, settings } = deps
  const steering = createSteering(element, deps.device, now)
  const reach = createReach(element, now)
  const loudness = createLoudness(element, now)
  const playback = createPlayback(element, loudness, {
    refused: deps.onRefused,
    pausedFromOutside: deps.onPausedFromOutside,
  })
  let program: Program | null = null
  let source: Source | null = null
  /** What is loaded; it outlives a program for as long as that fades out. */
  let loadedPath: string | null = null
  let errorCode: SourceErrorCode | null = null
  let status: DeckStatus = 'idle'
  let isListening = false
  let isKeptReady = true
  let hasBegun = false
  let hasBeenInSync = false
  let audibleFromInMs = 0
  let stalls = 0
  /** Counts what was asked to be loaded: an answer to an older question is of no use. */
  let loads = 0
  let nudgeInMs = settings.nudgeInMs
  let releaseTimer: ReturnType<typeof setTimeout> | undefined
  let reloadTimer: ReturnType<typeof setTimeout> | undefined

  element.preload = 'auto'
  element.preservesPitch = false

  function wantedAt({ media, schedule }: Program, localInMs: number): number | null {
    if (schedule.kind === 'held') return media.preRollInMs + schedule.positionInMs
    const serverTimeInMs = deps.serverTimeAtInMs(localInMs)
    if (serverTimeInMs === null) return null
    return media.preRollInMs + serverTimeInMs - schedule.startsAtInMs + nudgeInMs
  }

  function reload(next: Program): void {
    unload()
    program = next
    status = 'loading'
    loadedPath = next.media.playlistPath
    const wantedInMs = wantedAt(next, now()) ?? 0
    const leadInMs = next.schedule.kind === 'playing' ? loadingLeadInMs : 0
    const load = ++loads
    const isWanted = () => load === loads
    reach.noteLoading()
    openSource(element, {
      url: deps.mediaUrl(loadedPath),
      startInMs: Math.max(restsUntilInMs(next), wantedInMs + leadInMs, 0),
      isNear: isNear(next, wantedInMs),
      quality: settings.quality,
      network: deps.network,
      isWanted,
      onError: (code) => {
        if (isWanted()) fail(code)
      },
    }).then(
      (opened) => {
        if (!isWanted()) return opened.destroy()
        source = opened
        source.setQuality(settings.quality)
      },
      () => {
        // The player itself could not be loaded: without a network there is time.
        reloadTimer = setTimeout(() => isWanted() && program && reload(program), 3_000)
      },
    )
  }

  function fail(code: SourceErrorCode): void {
    errorCode = code
    status = 'failed'
    playback.rest()
  }

  /**
   * Gives the passage up: what is heard fades out. What was loaded is let go of later: that is work, and just now another
   * deck takes over.
   */
  function release(): void {
    program = null
    status = 'idle'
    playback.rest()
    releaseTimer = setTimeout(unload, unloadAfterInMs)
  }

  function unload(): void {
    clearTimeout(releaseTimer)
    clearTimeout(reloadTimer)
    loads++
    playback.stop()
    source?.destroy()
    source = null
    loadedPath = null
    program = null
    errorCode = null
    status = 'idle'
    startAnew()
    audibleFromInMs = 0
  }

  /** The wanted position is another one from now on. */
  function startAnew(): void {
    hasBegun = false
    hasBeenInSync = false
    loudness.setAudible(false)
    steering.restart()
    reach.forget()
  }

  /** Whether more than its head is worth loading. What is held at its beginning stands by for its turn. */
  function isNear({ media, schedule }: Program, wantedInMs: number): boolean {
    if (schedule.kind === 'held') return wantedInMs > media.preRollInMs
    return wantedInMs > -nearFromInMs
  }

  function holdAt(positionInMs: number): void {
    playback.rest()
    if (hasBegun) steering.restart()
    hasBegun = false
    const isElsewhere = Math.abs(element.currentTime * 1_000 - positionInMs) > 20
    if (element.paused && element.readyState > 0 && isElsewhere) element.currentTime = positionInMs / 1_000
  }

  function follow(current: Program, wantedInMs: number): number {
    playback.play()
    const endInMs = current.media.preRollInMs + current.media.durationInMs
    const leadInMs = steering.traits.seekLeadInMs
    if (steering.mode === 'acquiring' && !reach.has(wantedInMs + leadInMs, endInMs)) {
      loudness.setAudible(false)
      hasBegun = false
      if (hasBeenInSync && status !== 'stalled') stalls++
      status = hasBeenInSync ? 'stalled' : 'loading'
      reach.moveCloser(wantedInMs)
      return pace.acquiring
    }
    const wanted = (localInMs: number) => wantedAt(current, localInMs) ?? wantedInMs
    const offInMs = element.currentTime * 1_000 - (wantedInMs + leadInMs)
    if (!hasBegun && Math.abs(offInMs) > closeEnoughInMs) steering.begin(wanted)
    else steering.step(wanted, isHeard(current, wantedInMs))
    hasBegun = true
    const isInSync = steering.mode === 'tracking'
    hasBeenInSync ||= isInSync
    status = isInSync ? 'in_sync' : 'acquiring'
    const untilAudibleInMs = audibleFromInMs - wantedInMs
    loudness.setAudible(isInSync && untilAudibleInMs <= 0)
    if (!isInSync) return pace.acquiring
    return untilAudibleInMs > 0 ? Math.min(pace.tracking, untilAudibleInMs) : pace.tracking
  }

  /** Whether there is anything to hear now: the pre-roll is silent, and so is what waits for its place in a crossfade. */
  function isHeard({ media }: Program, wantedInMs: number): boolean {
    return loudness.isAudible && !loudness.isMixedOut && wantedInMs > media.preRollInMs
  }

  /** Until when the deck may rest: not before a start, nor in front of a passage that is far ahead. */
  function restsUntilInMs({ media, schedule, gain }: Program): number {
    if (schedule.kind === 'held' || !gain) return 0
    const fadesInFromInMs = gain.inFromInMs - schedule.startsAtInMs
    return Math.max(0, media.preRollInMs + fadesInFromInMs - runUpInMs)
  }

  return {
    get key() {
      return program?.key ?? null
    },

    get gain() {
      return program?.gain
    },

    get status() {
      return status
    },

    /** The playlist that is loaded, also while what was heard of it fades out. */
    get loadedPath() {
      return loadedPath
    },

    /** Whether a passage is over and what was loaded for it still lies there, of no use for the next one. */
    isCoolingFrom(next: Program): boolean {
      return program === null && loadedPath !== null && loadedPath !== next.media.playlistPath
    },

    /** Seeks and changes of the rate made so far, over all passages. */
    get corrections() {
      return steering.corrections
    },

    /** How often what was heard had to stop for want of data, over all passages. */
    get stalls() {
      return stalls
    },

    /** Gives the deck a passage, moves the one it has, or (null) takes it away. */
    assign(next: Program | null): void {
      if (!next) {
        if (program) release()
        return
      }
      const isOther = program?.key !== next.key
      if (loadedPath !== next.media.playlistPath || (isOther && status === 'failed')) {
        reload(next)
        return
      }
      clearTimeout(releaseTimer)
      const before = program
      program = next
      if (!before || isOther) {
        status = 'loading'
        audibleFromInMs = 0
        startAnew()
        return
      }
      if (isSameSchedule(before.schedule, next.schedule)) return
      if (before.schedule.kind === 'held' && next.schedule.kind === 'playing') {
        // A resumption is announced ahead: nobody should hear the last moments before the pause again.
        audibleFromInMs = next.media.preRollInMs + before.schedule.positionInMs
      } else if (next.schedule.kind === 'playing') audibleFromInMs = 0
      startAnew()
    },

    /** `keepReady`: whether somebody may want to listen soon, so that what is loaded should move along. */
    setListening(next: boolean, keepReady: boolean): void {
      isKeptReady = keepReady
      if (next === isListening) return
      isListening = next
      hasBegun = false
      steering.restart()
    },

    /** Takes over what the listener has set. */
    applySettings(): void {
      loudness.setVolume(settings.volume)
      source?.setQuality(settings.quality)
      const changeInMs = Math.abs(settings.nudgeInMs - nudgeInMs)
      nudgeInMs = settings.nudgeInMs
      if (changeInMs > nudgeBentUpToInMs && program?.schedule.kind === 'playing') startAnew()
    },

    /** Sets how loud it is at an instant of server time, beside what is said of it by its passage. */
    mix(serverNowInMs: number, duck: number): void {
      if (program) loudness.setMix({ fade: gainAt(program.gain, serverNowInMs), duck })
    },

    unlock: playback.unlock,

    /** The sound goes another way from now on, and takes another time. */
    reacquire(): void {
      if (program?.schedule.kind === 'playing') startAnew()
    },

    /** The network is there again: loads at once what is missing. */
    hurry(): void {
      const wantedInMs = program && wantedAt(program, now())
      if (status === 'in_sync' || status === 'failed' || wantedInMs === null) return
      reach.forget()
      if (program?.schedule.kind === 'playing') reach.moveCloser(wantedInMs)
      source?.hurry(Math.max(0, wantedInMs + loadingLeadInMs))
    },

    /** Does what is due; answers in how many milliseconds it wants to be called again. */
    tick(): number {
      if (!program || status === 'failed') return pace.resting
      const wantedInMs = wantedAt(program, now())
      if (wantedInMs === null) return pace.acquiring
      source?.setNear(isNear(program, wantedInMs))
      const restsUntil = restsUntilInMs(program)
      if (!isListening) {
        playback.rest()
        const isUnderWay = program.schedule.kind === 'playing' && wantedInMs > restsUntil
        if (isKeptReady && isUnderWay && !globalThis.document?.hidden) reach.keepReady(wantedInMs)
        return pace.resting
      }
      if (program.schedule.kind === 'held') {
        holdAt(Math.max(0, wantedInMs))
        return pace.resting
      }
      const leftInMs = program.media.preRollInMs + program.media.durationInMs - wantedInMs
      // To play an ended element would begin it again.
      if (element.ended && (leftInMs < endedEarlyInMs || !Number.isFinite(leftInMs))) {
        playback.rest()
        return pace.resting
      }
      const untilPlayInMs = restsUntil - wantedInMs - steering.traits.seekLeadInMs
      if (untilPlayInMs > 0) {
        holdAt(restsUntil)
        return Math.min(pace.resting, untilPlayInMs)
      }
      return follow(program, wantedInMs)
    },

    /** Whether so much lies ready from the position on, or all that is left. */
    hasReady(aheadInMs: number): boolean {
      if (!program) return false
      const positionInMs = element.currentTime * 1_000
      const endInMs = program.media.preRollInMs + program.media.durationInMs
      const readyInMs = bufferedAheadInMs(element, positionInMs)
      return readyInMs >= Math.min(aheadInMs, endInMs - positionInMs - endedEarlyInMs)
    },

    /** What the deck is doing, for the readout. Times in ms; null where there is nothing to say. */
    read() {
      const positionInMs = element.currentTime * 1_000
      const isPlaying = program !== null && playback.isPlaying
      return {
        errorCode,
        offsetInMs: steering.errorInMs,
        driftInPpm: steering.driftInPpm,
        bufferInMs: program ? bufferedAheadInMs(element, positionInMs) : 0,
        bitrate: source?.bitrate ?? null,
        positionInMs: isPlaying && program ? positionInMs - program.media.preRollInMs - nudgeInMs : null,
      }
    },

    destroy(): void {
      unload()
      playback.destroy()
      loudness.destroy()
    },
  }
}

function isSameSchedule(a: Schedule, b: Schedule): boolean {
  if (a.kind === 'held') return b.kind === 'held'
  return b.kind === 'playing' && a.startsAtInMs === b.startsAtInMs
}
