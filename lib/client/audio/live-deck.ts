import {
  audibleSpan,
  isToBeHeard,
  type LiveStream,
  liveDistanceInMs,
  liveFormat,
} from '#lib/domain/live/live.ts'
import { gentleAheadInMs } from '#lib/domain/sync/correction.ts'
import { bufferedAheadInMs } from './buffered.ts'
import { type LiveSource, openLiveSource } from './live-source.ts'
import { createLoudness } from './loudness.ts'
import { createPlayback, fadeOutInMs } from './playback.ts'
import { type DeckDeps, type DeckStatus, nudgeBentUpToInMs, pace } from './program.ts'
import { createPursuit } from './pursuit.ts'
import type { SourceErrorCode } from './source.ts'

/** What a live deck is given: the stream, and where its playlist is. */
export type LiveProgram = { stream: LiveStream; url: string }

export type LiveDeckDeps = Omit<DeckDeps, 'mediaUrl' | 'network'>

const reachableAheadInMs = 250

/** Where loading takes longer, the playhead is moved to where it is wanted by then. */
const reposition = { everyInMs: 1_500, farInMs: 1_500, leadInMs: 300 }

/** After what broke, and while the player itself cannot be loaded. */
const reopenDelayInMs = { broken: 5_000, unloaded: 1_000 }

/**
 * The deck of a live stream: one media element that is held, by the program date-times of the playlist, at one distance
 * from the instant of capture. The stream begins with silence, in which it finds the rhythm.
 */
export function createLiveDeck(deps: LiveDeckDeps) {
  const { element, now, settings } = deps
  const loudness = createLoudness(element, now)
  const playback = createPlayback(element, loudness, {
    refused: deps.onRefused,
    pausedFromOutside: deps.onPausedFromOutside,
  })
  const pursuit = createPursuit(element, { now, device: deps.device, loudness, playback })
  const { steering } = pursuit
  let program: LiveProgram | null = null
  let source: LiveSource | null = null
  let errorCode: SourceErrorCode | null = null
  let status: DeckStatus = 'idle'
  let isListening = false
  /** Counts what was asked to be opened: an answer to an older question is of no use. */
  let openings = 0
  let nudgeInMs = settings.nudgeInMs
  let repositionedAtInMs = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  element.preload = 'auto'
  element.preservesPitch = false

  function open(next: LiveProgram): void {
    close()
    program = next
    status = 'loading'
    const opening = ++openings
    const isWanted = () => opening === openings
    openLiveSource(element, { url: next.url, isWanted, onError: (code) => isWanted() && fail(code) }).then(
      (opened) => {
        if (isWanted()) source = opened
        else opened.destroy()
      },
      () => isWanted() && reopenAfter(reopenDelayInMs.unloaded),
    )
  }

  /** As long as it is on air, it is tried again. */
  function reopenAfter(delayInMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => program && open(program), delayInMs)
  }

  function fail(code: SourceErrorCode): void {
    errorCode = code
    status = 'failed'
    playback.rest()
    if (code !== 'unsupported') reopenAfter(reopenDelayInMs.broken)
  }

  function close(): void {
    clearTimeout(timer)
    openings++
    playback.stop()
    source?.destroy()
    source = null
    program = null
    errorCode = null
    status = 'idle'
    startAnew()
  }

  /** What was read of the element, and where it was led, holds no more. */
  function startAnew(): void {
    repositionedAtInMs = Number.NEGATIVE_INFINITY
    pursuit.startAnew()
  }

  /** What is heard fades out first. */
  function release(): void {
    program = null
    status = 'idle'
    playback.rest()
    clearTimeout(timer)
    timer = setTimeout(close, fadeOutInMs)
  }

  function isOver({ stream }: LiveProgram): boolean {
    const serverNowInMs = deps.serverTimeAtInMs(now())
    return serverNowInMs !== null && !isToBeHeard(stream, serverNowInMs)
  }

  function positionAtInMs(localInMs: number): number | null {
    const serverTimeInMs = deps.serverTimeAtInMs(localInMs)
    if (serverTimeInMs === null) return null
    const positionInMs = source?.positionAtInMs(serverTimeInMs - liveDistanceInMs) ?? null
    return positionInMs === null ? null : positionInMs + nudgeInMs
  }

  /** Nobody knows what belongs here now, as after a sleep: what plays on is not heard. */
  function waitForClock(): number {
    if (status === 'in_sync') status = 'acquiring'
    startAnew()
    return pace.acquiring
  }

  function follow(wantedInMs: number): number {
    status = pursuit.follow({
      wantedInMs,
      wantedAt: (localInMs) => positionAtInMs(localInMs) ?? wantedInMs,
      canPlayFrom: (positionInMs) => bufferedAheadInMs(element, positionInMs) >= reachableAheadInMs,
      bringCloser: () => leadTo(wantedInMs),
      isHeard: isHeardSoon(),
      mayBeHeard: true,
    })
    return status === 'in_sync' ? pace.tracking : pace.acquiring
  }

  /** The silence in front of the stream may be bent at will. */
  function isHeardSoon(): boolean {
    const soonInMs = (deps.serverTimeAtInMs(now()) ?? Number.POSITIVE_INFINITY) + gentleAheadInMs
    return program !== null && soonInMs >= audibleSpan(program.stream).fromInMs
  }

  /** hls.js loads from the playhead on: behind a gap, or far off, it is moved. */
  function leadTo(wantedInMs: number): void {
    const isFar = Math.abs(element.currentTime * 1_000 - wantedInMs) > reposition.farInMs
    const isTooSoon = now() - repositionedAtInMs < reposition.everyInMs
    if (!isFar || isTooSoon || element.readyState === 0) return
    repositionedAtInMs = now()
    element.currentTime = (wantedInMs + reposition.leadInMs) / 1_000
  }

  return {
    get status() {
      return status
    },

    get corrections() {
      return steering.corrections
    },

    /** How often it had to stop for want of data. */
    get stalls() {
      return pursuit.stalls
    },

    /** Gives the deck a stream, tells it more of the one it has, or (null) takes it away. */
    assign(next: LiveProgram | null): void {
      if (!next || isOver(next)) {
        if (program) release()
      } else if (program?.stream.streamId === next.stream.streamId) program = next
      else open(next)
    },

    setListening(next: boolean): void {
      if (next === isListening) return
      isListening = next
      startAnew()
    },

    /** Takes over what the listener has set. */
    applySettings(): void {
      loudness.setVolume(settings.volume)
      const changeInMs = Math.abs(settings.nudgeInMs - nudgeInMs)
      nudgeInMs = settings.nudgeInMs
      if (changeInMs > nudgeBentUpToInMs) startAnew()
    },

    unlock: playback.unlock,

    /** The sound goes another way from now on, and takes another time. */
    reacquire: startAnew,

    /** The network is there again: loads at once what is missing. */
    hurry(): void {
      if (program && status === 'failed') open(program)
      else if (status !== 'in_sync') source?.hurry()
    },

    /** Does what is due; answers in how many milliseconds it wants to be called again. */
    tick(): number {
      if (!program) return pace.resting
      if (isOver(program)) {
        release()
        return pace.resting
      }
      if (status === 'failed') return pace.resting
      if (!isListening) {
        playback.rest()
        return pace.resting
      }
      const wantedInMs = positionAtInMs(now())
      if (wantedInMs === null) return waitForClock()
      // Its beginning is still ahead: what is loaded waits at its first sample.
      const untilPlayInMs = -wantedInMs - steering.traits.seekLeadInMs
      if (untilPlayInMs > 0) return Math.min(pace.resting, untilPlayInMs)
      return follow(wantedInMs)
    },

    /** What the deck is doing, for the readout. Times in ms; null where there is nothing to say. */
    read() {
      return {
        errorCode,
        offsetInMs: steering.errorInMs,
        bufferInMs: program ? bufferedAheadInMs(element, element.currentTime * 1_000) : 0,
        driftInPpm: steering.driftInPpm,
        bitrate: program ? liveFormat.bitrate : null,
        positionInMs: null,
      }
    },

    destroy(): void {
      close()
      playback.destroy()
      loudness.destroy()
    },
  }
}
