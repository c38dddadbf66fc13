import type { DeviceTraits } from '#lib/domain/sync/correction.ts'
import type { DuckPlan } from '#lib/domain/sync/duck.ts'
import { planDecks } from '#lib/domain/sync/plan-decks.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { createAlarm } from '../alarm.ts'
import type { AudioSnapshot } from './audio-snapshot.ts'
import type { ClockSync } from './clock-sync.ts'
import { dealPrograms, untilNextNewsInMs } from './deal-programs.ts'
import { createDeck } from './deck.ts'
import { createFocusKeeper } from './focus-keeper.ts'
import { createLiveDeck, type LiveProgram } from './live-deck.ts'
import { createMediaSessionDisplay } from './media-session.ts'
import { createMixer } from './mixer.ts'
import { createNetwork, type Network } from './network.ts'
import type { OutputChoice } from './output-devices.ts'
import { createOutputs } from './outputs.ts'
import type { DeckSettings } from './program.ts'
import type { Quality } from './quality.ts'
import { createReadout } from './readout.ts'
import { preloadPlayer } from './source.ts'
import type { Readable } from './store.ts'

export type { AudioPhase, AudioSnapshot } from './audio-snapshot.ts'

export type AudioEngine = Readable<AudioSnapshot> & {
  /**
   * Follows a timeline. `trackById` must know the tracks it names; call again when it has learned more. The head of
   * `upNext`, which may follow and is not committed, is loaded where nothing else needs the network.
   */
  setTimeline(
    timeline: Timeline,
    trackById: (trackId: string) => Track | undefined,
    upNext?: Track | null,
  ): void
  /** Follows a live stream beside the music; null when it is over. */
  setLive(program: LiveProgram | null): void
  /** The music steps back under a voice, at instants of server time; null: it does not. */
  duck(plan: DuckPlan | null): void
  /** Turns this listener's sound on. Inside a gesture it always works; outside, the phase may become `needs_gesture`. */
  start(): void
  /** Turns this listener's sound off; the room goes on without. */
  stop(): void
  /** From 0 to 1. */
  setVolume(volume: number): void
  setQuality(quality: Quality): void
  /** How much earlier this device plays, for a loudspeaker that is late. */
  setNudgeInMs(nudgeInMs: number): void
  /** Where the sound comes out; '' is the system's default. What is chosen stays chosen while that device is there. */
  setOutputDevice(deviceId: string): Promise<OutputChoice>
  destroy(): void
}

export type AudioEngineDeps = {
  clock: Pick<ClockSync, 'serverTimeAtInMs' | 'uncertaintyInMs'>
  /** The public address of a path in the bucket `media`. */
  mediaUrl: (path: string) => string
  createElement?: () => HTMLMediaElement
  /** What plays silence while there is no music. */
  silentElement?: HTMLMediaElement
  network?: Network
  now?: () => number
}

/** A room that is silent for longer has gone to sleep; it need not keep a phone awake. */
const focusKeptForInMs = 10 * 60_000
const nudgeMaxInMs = 2_000

/**
 * Plays a session's timeline in sync with everybody else. Two decks take turns: while one plays, the other loads what
 * comes next and runs its silent pre-roll; a third one is for a live stream. The engine only ever follows; nothing here
 * commands the room.
 */
export function createAudioEngine({
  clock,
  mediaUrl,
  createElement = () => new Audio(),
  silentElement = new Audio(),
  network = createNetwork(),
  now = () => performance.now(),
}: AudioEngineDeps): AudioEngine {
  const display = createMediaSessionDisplay({ onPlay: start, onPause: stop })
  const elements: HTMLMediaElement[] = []
  const device: { traits: DeviceTraits | undefined } = { traits: undefined }
  const settings: DeckSettings = { volume: 1, quality: 'auto', nudgeInMs: 0 }
  const decks = [newDeck(), newDeck()]
  const liveDeck = createLiveDeck(depsOfDeck())
  const allDecks = [...decks, liveDeck]
  const focus = createFocusKeeper(silentElement)
  const mixer = createMixer(decks, playedNowInMs)
  const outputs = createOutputs(elements, {
    switched() {
      for (const deck of allDecks) deck.reacquire()
    },
    changed: showAtOnce,
  })
  const readout = createReadout({ clock, decks, liveDeck, outputs, settings, display, mediaUrl, now })
  const alarm = createAlarm(tick)
  let timeline: Timeline = { status: 'idle', rev: 0 }
  let trackById: (trackId: string) => Track | undefined = () => undefined
  let upNext: Track | null = null
  let isListening = false
  let isRefused = false
  let wasStopped = false
  let heardAtInMs = Number.NEGATIVE_INFINITY
  let isDestroyed = false

  const unwatch = network.onChange(() => {
    for (const deck of allDecks) deck.hurry()
    tick()
  })

  function newDeck() {
    return createDeck({ ...depsOfDeck(), mediaUrl, network })
  }

  function depsOfDeck() {
    const element = createElement()
    elements.push(element)
    return {
      element,
      now,
      device,
      settings,
      serverTimeAtInMs: clock.serverTimeAtInMs,
      onRefused() {
        isRefused = true
        setListening(false)
      },
      onPausedFromOutside: stop,
    }
  }

  function setListening(next: boolean): void {
    isListening = next
    for (const deck of allDecks) deck.setListening(next, !wasStopped)
    tick()
  }

  function start(): void {
    isRefused = false
    wasStopped = false
    for (const deck of allDecks) deck.unlock()
    focus.unlock()
    setListening(true)
  }

  function stop(): void {
    isRefused = false
    wasStopped = true
    setListening(false)
  }

  function applySettings(next: Partial<DeckSettings>): void {
    Object.assign(settings, next)
    for (const deck of allDecks) deck.applySettings()
    showAtOnce()
  }

  function showAtOnce(): void {
    readout.hurry()
    tick()
  }

  /** The server time to which belongs what leaves this device now: it is heard by the nudge later. Null while unknown. */
  function playedNowInMs(): number | null {
    const serverNowInMs = clock.serverTimeAtInMs(now())
    return serverNowInMs === null ? null : serverNowInMs + settings.nudgeInMs
  }

  function tick(): void {
    if (isDestroyed) return
    const playedInMs = playedNowInMs()
    const nextNewsInMs = playedInMs === null ? Number.POSITIVE_INFINITY : plan(playedInMs)
    const delays = allDecks.map((deck) => deck.tick())
    mixer.mix()
    readout.publish({ timeline, trackById, isListening, isRefused }, playedInMs)
    keepFocus()
    alarm.set(Math.min(...delays, nextNewsInMs))
  }

  /** From the first sound on, and not while there is any: what is heard keeps the focus by itself. */
  function keepFocus(): void {
    const { phase, livePhase } = readout.getSnapshot()
    const isHeard = phase === 'in_sync' || livePhase === 'in_sync'
    if (isHeard) heardAtInMs = now()
    focus.hold(isListening && !isHeard && now() - heardAtInMs < focusKeptForInMs)
  }

  /** Gives the decks what they have to play; answers how long that holds. */
  function plan(nowInMs: number): number {
    const plans = planDecks(timeline, nowInMs)
    dealPrograms(decks, { plans, trackById, upNext, nowInMs })
    return untilNextNewsInMs(plans, nowInMs)
  }

  preloadPlayer()
  tick()

  return {
    getSnapshot: readout.getSnapshot,
    subscribe: readout.subscribe,
    setTimeline(nextTimeline, nextTrackById, nextUpNext = null) {
      timeline = nextTimeline
      trackById = nextTrackById
      upNext = nextUpNext
      tick()
    },
    setLive(program) {
      liveDeck.assign(program)
      tick()
    },
    duck: mixer.duck,
    start,
    stop,
    setVolume: (volume) => applySettings({ volume }),
    setQuality: (quality) => applySettings({ quality }),
    setNudgeInMs(nudgeInMs) {
      applySettings({ nudgeInMs: Math.min(nudgeMaxInMs, Math.max(-nudgeMaxInMs, nudgeInMs)) })
    },
    setOutputDevice: outputs.choose,
    destroy() {
      isDestroyed = true
      unwatch()
      outputs.destroy()
      alarm.destroy()
      mixer.destroy()
      for (const deck of allDecks) deck.destroy()
      focus.destroy()
      display.destroy()
    },
  }
}
