import { gentleAheadInMs } from '#lib/domain/sync/correction.ts'
import { gainAt } from '#lib/domain/sync/fade.ts'
import { bufferedAheadInMs } from './buffered.ts'
import { createLoading } from './loading.ts'
import { createLoudness } from './loudness.ts'
import { createPlayback } from './playback.ts'
import {
  type DeckDeps,
  type DeckStatus,
  isHeardSoon,
  isSameSchedule,
  isUnderWay,
  isWorthLoadingAhead,
  nudgeBentUpToInMs,
  type Program,
  pace,
  restsUntilInMs,
} from './program.ts'
import { createPursuit } from './pursuit.ts'
import { createReach, loadingLeadInMs } from './reach.ts'
import type { SourceErrorCode } from './source.ts'

export type Deck = ReturnType<typeof createDeck>

/** A track may turn out to be so much shorter than was said. */
const endedEarlyInMs = 2_000

/** A deck whose passage is over is emptied after so long. */
const unloadAfterInMs = 4_000

/**
 * One media element that plays one passage at a time, steered to the timeline. It loads as soon as it is given a
 * program, runs the silent pre-roll before its start, and is heard only while it is in sync.
 */
export function createDeck(deps: DeckDeps) {
  const { element, now, settings } = deps
  const reach = createReach(element, now)
  const loudness = createLoudness(element, now)
  const playback = createPlayback(element, loudness, {
    refused: deps.onRefused,
    pausedFromOutside: deps.onPausedFromOutside,
  })
  const pursuit = createPursuit(element, { now, device: deps.device, loudness, playback })
  const { steering } = pursuit
  /** What is loaded outlives a program for as long as that fades out. */
  const loading = createLoading(element, {
    ...deps,
    onFailed: fail,
    onRetry: () => program && reload(program),
  })
  let program: Program | null = null
  let errorCode: SourceErrorCode | null = null
  let status: DeckStatus = 'idle'
  let isListening = false
  let isKeptReady = true
  let audibleFromInMs = 0
  let nudgeInMs = settings.nudgeInMs
  let releaseTimer: ReturnType<typeof setTimeout> | undefined

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
    const wantedInMs = wantedAt(next, now()) ?? 0
    const leadInMs = next.schedule.kind === 'playing' ? loadingLeadInMs : 0
    reach.noteLoading()
    loading.load(next.media.playlistPath, {
      startInMs: Math.max(restsUntilInMs(next), wantedInMs + leadInMs, 0),
      isAhead: isWorthLoadingAhead(next, wantedInMs, false),
    })
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
    playback.stop()
    loading.unload()
    program = null
    errorCode = null
    status = 'idle'
    startAnew()
    audibleFromInMs = 0
  }

  /** The wanted position is another one from now on. */
  function startAnew(): void {
    pursuit.startAnew()
    reach.forget()
  }

  /** Nobody knows what belongs here now, as after a sleep: what plays on is not heard. */
  function waitForClock(): number {
    if (!isListening) playback.rest()
    if (status === 'in_sync') status = 'acquiring'
    startAnew()
    return pace.acquiring
  }

  function holdAt(positionInMs: number): void {
    playback.rest()
    pursuit.letGo()
    const isElsewhere = Math.abs(element.currentTime * 1_000 - positionInMs) > 20
    if (element.paused && element.readyState > 0 && isElsewhere) element.currentTime = positionInMs / 1_000
  }

  function follow(current: Program, wantedInMs: number): number {
    const untilAudibleInMs = audibleFromInMs - wantedInMs
    status = pursuit.follow({
      wantedInMs,
      wantedAt: (localInMs) => wantedAt(current, localInMs) ?? wantedInMs,
      canPlayFrom: (positionInMs) => reach.has(positionInMs, endInMs(current)),
      bringCloser: () => reach.moveCloser(wantedInMs),
      isHeard: untilAudibleInMs <= gentleAheadInMs && isHeardSoon(current, wantedInMs),
      mayBeHeard: untilAudibleInMs <= 0,
    })
    if (status !== 'in_sync') return pace.acquiring
    return untilAudibleInMs > 0 ? Math.min(pace.tracking, untilAudibleInMs) : pace.tracking
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
      return loading.path
    },

    /** Whether a passage is over and what was loaded for it still lies there, of no use for the next one. */
    isCoolingFrom(next: Program): boolean {
      return program === null && loading.path !== null && loading.path !== next.media.playlistPath
    },

    /** Seeks and changes of the rate made so far, over all passages. */
    get corrections() {
      return steering.corrections
    },

    /** How often what was heard had to stop for want of data, over all passages. */
    get stalls() {
      return pursuit.stalls
    },

    /** Gives the deck a passage, moves the one it has, or (null) takes it away. */
    assign(next: Program | null): void {
      if (!next) {
        if (program) release()
        return
      }
      const isOther = program?.key !== next.key
      if (loading.path !== next.media.playlistPath || (isOther && status === 'failed')) {
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
      pursuit.letGo()
    },

    /** Takes over what the listener has set. */
    applySettings(): void {
      loudness.setVolume(settings.volume)
      loading.applySettings()
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
      if (!program) return
      if (status === 'failed') {
        reload(program)
        return
      }
      const wantedInMs = wantedAt(program, now())
      if (status === 'in_sync' || wantedInMs === null) return
      reach.forget()
      if (program.schedule.kind === 'playing') reach.moveCloser(wantedInMs)
      loading.hurry(Math.max(0, wantedInMs + loadingLeadInMs))
    },

    /** Does what is due; answers in how many milliseconds it wants to be called again. */
    tick(): number {
      if (!program || status === 'failed') return pace.resting
      const wantedInMs = wantedAt(program, now())
      if (wantedInMs === null) return waitForClock()
      loading.setAhead(isWorthLoadingAhead(program, wantedInMs, status === 'in_sync'))
      const restsUntil = restsUntilInMs(program)
      if (!isListening) {
        playback.rest()
        const isMovingOn = isUnderWay(program, wantedInMs) && !globalThis.document?.hidden
        if (isKeptReady && isMovingOn) reach.keepReady(wantedInMs)
        return pace.resting
      }
      if (program.schedule.kind === 'held') {
        holdAt(Math.max(0, wantedInMs))
        return pace.resting
      }
      const leftInMs = endInMs(program) - wantedInMs
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
      const readyInMs = bufferedAheadInMs(element, positionInMs)
      return readyInMs >= Math.min(aheadInMs, endInMs(program) - positionInMs - endedEarlyInMs)
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
        bitrate: loading.bitrate,
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

/** Where a passage's music ends, in media time. */
function endInMs({ media }: Program): number {
  return media.preRollInMs + media.durationInMs
}
