import type { DeviceTraits } from '#lib/domain/sync/correction.ts'
import type { DuckPlan } from '#lib/domain/sync/duck.ts'
import { type DeckPlan, keyOf, planDecks } from '#lib/domain/sync/plan-decks.ts'
import { cueAt, type Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { createAlarm } from './alarm.ts'
import { type AudioPhase, type AudioSnapshot, atRest } from './audio-snapshot.ts'
import { chooseDecks } from './choose-decks.ts'
import type { ClockSync } from './clock-sync.ts'
import { createDeck, type DeckSettings, type DeckStatus, type Program } from './deck.ts'
import { createLiveDeck, type LiveProgram } from './live-deck.ts'
import { createMediaSessionDisplay } from './media-session.ts'
import { createMixer } from './mixer.ts'
import { createNetwork, type Network } from './network.ts'
import { listOutputDevices, type OutputChoice, onDeviceChange, setOutput } from './output-devices.ts'
import type { Quality } from './quality.ts'
import { preloadPlayer } from './source.ts'
import { standByProgram } from './stand-by.ts'
import { createStore, type Readable } from './store.ts'

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
  network?: Network
  now?: () => number
}

/** What begins later can wait until the deck that just stopped has been emptied in its own time. */
const urgentWithinInMs = 15_000
const publishEveryInMs = 200
const nudgeMaxInMs = 2_000

function isUrgent({ schedule }: Program, nowInMs: number): boolean {
  return schedule.kind === 'held' || schedule.startsAtInMs - nowInMs < urgentWithinInMs
}

/**
 * Plays a session's timeline in sync with everybody else. Two decks take turns: while one plays, the other loads what
 * comes next and runs its silent pre-roll; a third one is for a live stream. The engine only ever follows; nothing here
 * commands the room.
 */
export function createAudioEngine({
  clock,
  mediaUrl,
  createElement = () => new Audio(),
  network = createNetwork(),
  now = () => performance.now(),
}: AudioEngineDeps): AudioEngine {
  const store = createStore(atRest)
  const display = createMediaSessionDisplay({ onPlay: start, onPause: stop })
  const elements: HTMLMediaElement[] = []
  const device: { traits: DeviceTraits | undefined } = { traits: undefined }
  const settings: DeckSettings = { volume: 1, quality: 'auto', nudgeInMs: 0 }
  const decks = [newDeck(), newDeck()]
  const liveDeck = createLiveDeck(depsOfDeck())
  const allDecks = [...decks, liveDeck]
  const mixer = createMixer(decks, () => {
    const serverNowInMs = clock.serverTimeAtInMs(now())
    return serverNowInMs === null ? null : playedAtInMs(serverNowInMs)
  })
  const alarm = createAlarm(tick)
  let timeline: Timeline = { status: 'idle', rev: 0 }
  let trackById: (trackId: string) => Track | undefined = () => undefined
  let upNext: Track | null = null
  let isListening = false
  let isRefused = false
  let wasStopped = false
  let shownItemId: string | null = null
  let outputDeviceId = ''
  let deviceChanges = 0
  let driftInPpm: number | null = null
  let publishedAtInMs = Number.NEGATIVE_INFINITY
  let isDestroyed = false

  const unwatch = [
    network.onChange(() => {
      for (const deck of allDecks) deck.hurry()
      tick()
    }),
    onDeviceChange(() => void noteDevices()),
  ]

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
    publishedAtInMs = Number.NEGATIVE_INFINITY
    tick()
  }

  async function noteDevices(): Promise<void> {
    deviceChanges++
    const isGone =
      outputDeviceId !== '' &&
      (await listOutputDevices()).every(({ deviceId }) => deviceId !== outputDeviceId)
    if (isGone && !isDestroyed) await setOutputDevice('')
    publishedAtInMs = Number.NEGATIVE_INFINITY
    tick()
  }

  async function setOutputDevice(deviceId: string): Promise<OutputChoice> {
    const choice = await setOutput(elements, deviceId)
    if (choice === 'ok' && deviceId !== outputDeviceId) {
      outputDeviceId = deviceId
      for (const deck of allDecks) deck.reacquire()
    }
    publishedAtInMs = Number.NEGATIVE_INFINITY
    tick()
    return choice
  }

  /** What leaves this device now is heard by so much later, and belongs to then. */
  function playedAtInMs(serverNowInMs: number): number {
    return serverNowInMs + settings.nudgeInMs
  }

  function tick(): void {
    if (isDestroyed) return
    const serverNowInMs = clock.serverTimeAtInMs(now())
    const nextNewsInMs = serverNowInMs === null ? Number.POSITIVE_INFINITY : plan(playedAtInMs(serverNowInMs))
    const delays = allDecks.map((deck) => deck.tick())
    mixer.mix()
    publish(serverNowInMs)
    alarm.set(Math.min(...delays, nextNewsInMs))
  }

  /** Gives the decks what they have to play; answers how long that holds. */
  function plan(nowInMs: number): number {
    const plans = planDecks(timeline, nowInMs)
    assignDecks(plans, nowInMs)
    return untilNextNewsInMs(plans, nowInMs)
  }

  function assignDecks(plans: readonly DeckPlan[], nowInMs: number): void {
    const programs = plans.flatMap(({ key, slot, schedule, gain }): Program[] => {
      const media = trackById(slot.trackId)
      return media ? [{ key, media, schedule, gain }] : []
    })
    const chosen = chooseDecks(decks, programs).map((program, index) => {
      const mustWait = program && decks[index]?.isCoolingFrom(program) && !isUrgent(program, nowInMs)
      return mustWait ? null : program
    })
    const standBy = standByProgram(decks, chosen, upNext)
    for (const [index, deck] of decks.entries()) deck.assign(chosen[index] ?? standBy?.[index] ?? null)
  }

  /** The moments of a change are news: they should not wait for the next reading. */
  function untilNextNewsInMs(plans: readonly DeckPlan[], nowInMs: number): number {
    const moments = plans.flatMap(({ schedule, gain }) => [
      schedule.kind === 'playing' ? schedule.startsAtInMs : 0,
      gain?.inFromInMs ?? 0,
      gain?.outUntilInMs ?? 0,
    ])
    return Math.min(...moments.map((atInMs) => atInMs - nowInMs).filter((untilInMs) => untilInMs > 0))
  }

  function publish(serverNowInMs: number | null): void {
    const before = store.getSnapshot()
    // While the clock is being found again, the decks play on: what was said last still holds.
    const isCoasting = serverNowInMs === null && before.itemId !== null && isListening === before.isListening
    if (isCoasting) return
    const cue = serverNowInMs === null ? null : cueAt(timeline, serverNowInMs)
    const itemId = cue?.slot.itemId ?? null
    const key = cue ? keyOf(cue.slot) : null
    const deck = decks.find((candidate) => key !== null && candidate.key === key)
    const isWaitingForClock = serverNowInMs === null && timeline.status === 'playing'
    const isIdle = timeline.status !== 'playing' || !(cue || isWaitingForClock)
    const phase = phaseFrom(isIdle ? 'idle' : (deck?.status ?? 'loading'))
    const livePhase = phaseFrom(liveDeck.status)
    const isNews =
      phase !== before.phase ||
      livePhase !== before.livePhase ||
      itemId !== before.itemId ||
      isListening !== before.isListening
    const isDue = now() - publishedAtInMs >= publishEveryInMs
    const isQuiet = phase === 'silent' && livePhase === 'silent' && Number.isFinite(publishedAtInMs)
    if (!isNews && (!isDue || isQuiet)) return
    publishedAtInMs = now()
    const shown = phase === 'silent' && livePhase !== 'silent' ? liveDeck : deck
    const { driftInPpm: learnedInPpm = null, ...reading } = shown?.read() ?? {}
    driftInPpm = learnedInPpm ?? driftInPpm
    store.set({
      ...atRest,
      ...reading,
      phase,
      livePhase,
      isListening,
      itemId,
      driftInPpm,
      uncertaintyInMs: Number.isFinite(clock.uncertaintyInMs) ? clock.uncertaintyInMs : null,
      corrections: allDecks.reduce((sum, { corrections }) => sum + corrections, 0),
      stalls: allDecks.reduce((sum, { stalls }) => sum + stalls, 0),
      quality: settings.quality,
      nudgeInMs: settings.nudgeInMs,
      outputDeviceId,
      deviceChanges,
    })
    const track = cue ? trackById(cue.slot.trackId) : undefined
    showOutside(track, itemId)
    if (isNews) display.setPosition(cue && track ? { ...cue, durationInMs: track.durationInMs } : null)
  }

  function phaseFrom(status: DeckStatus): AudioPhase {
    if (isRefused) return 'needs_gesture'
    return isListening && status !== 'idle' ? status : 'silent'
  }

  function showOutside(track: Track | undefined, itemId: string | null): void {
    display.setPlaying(isListening && timeline.status === 'playing' && itemId !== null)
    if (itemId === shownItemId) return
    shownItemId = itemId
    display.show(track ?? null, track?.artworkPath ? mediaUrl(track.artworkPath) : null)
  }

  preloadPlayer()
  tick()

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
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
    setOutputDevice,
    destroy() {
      isDestroyed = true
      for (const stopWatching of unwatch) stopWatching()
      alarm.destroy()
      mixer.destroy()
      for (const deck of allDecks) deck.destroy()
      display.destroy()
    },
  }
}
