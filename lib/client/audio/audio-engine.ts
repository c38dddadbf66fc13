import { type DeckPlan, keyOf, planDecks } from '#lib/domain/sync/plan-decks.ts'
import { cueAt, type Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import type { ClockSync } from './clock-sync.ts'
import { createDeck, type DeckStatus } from './deck.ts'
import { createMediaSessionDisplay } from './media-session.ts'
import type { SourceErrorCode } from './source.ts'
import { createStore, type Readable } from './store.ts'

/** What a listener's player is doing. */
export type AudioPhase =
  | 'silent'
  | 'needs_gesture'
  | 'loading'
  | 'acquiring'
  | 'in_sync'
  | 'stalled'
  | 'failed'

export type AudioSnapshot = {
  phase: AudioPhase
  /** Whether this listener wants sound. */
  isListening: boolean
  itemId: string | null
  /** Where this player is in the music; null while it makes no sound. */
  positionInMs: number | null
  /** Actual minus wanted position as the controller sees it; null while unknown. */
  offsetInMs: number | null
  /** How far this browser's idea of server time may be off; null while unknown. */
  uncertaintyInMs: number | null
  /** Music that lies ready from the position on. */
  bufferInMs: number
  /** Bits per second of the rendition in use. */
  bitrate: number | null
  /** Seeks and changes of the rate made so far. */
  corrections: number
  errorCode: SourceErrorCode | null
}

export type AudioEngine = Readable<AudioSnapshot> & {
  /** Follows a timeline. `trackById` must know the tracks it names; call again when it has learned more. */
  setTimeline(timeline: Timeline, trackById: (trackId: string) => Track | undefined): void
  /** Turns this listener's sound on. Inside a gesture it always works; outside, the phase may become `needs_gesture`. */
  start(): void
  /** Turns this listener's sound off; the room goes on without. */
  stop(): void
  /** From 0 to 1. */
  setVolume(volume: number): void
  destroy(): void
}

export type AudioEngineDeps = {
  clock: Pick<ClockSync, 'serverTimeAtInMs' | 'uncertaintyInMs'>
  /** The public address of a path in the bucket `media`. */
  mediaUrl: (path: string) => string
  createElement?: () => HTMLMediaElement
  now?: () => number
}

const publishEveryInMs = 200

const atRest: AudioSnapshot = {
  phase: 'silent',
  isListening: false,
  itemId: null,
  positionInMs: null,
  offsetInMs: null,
  uncertaintyInMs: null,
  bufferInMs: 0,
  bitrate: null,
  corrections: 0,
  errorCode: null,
}

/**
 * Plays a session's timeline in sync with everybody else. Two decks take turns: while one plays, the other loads the
 * committed next track and runs its silent pre-roll. The engine only ever follows; nothing here commands the room.
 */
export function createAudioEngine({
  clock,
  mediaUrl,
  createElement = () => new Audio(),
  now = () => performance.now(),
}: AudioEngineDeps): AudioEngine {
  const store = createStore(atRest)
  const display = createMediaSessionDisplay({ onPlay: start, onPause: stop })
  const decks = [newDeck(), newDeck()]
  let timeline: Timeline = { status: 'idle', rev: 0 }
  let trackById: (trackId: string) => Track | undefined = () => undefined
  let isListening = false
  let isRefused = false
  let shownItemId: string | null = null
  let publishedAtInMs = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDestroyed = false

  function newDeck() {
    return createDeck({
      element: createElement(),
      mediaUrl,
      now,
      serverTimeAtInMs: clock.serverTimeAtInMs,
      onRefused() {
        isRefused = true
        setListening(false)
      },
      onPausedFromOutside: stop,
    })
  }

  function setListening(next: boolean): void {
    isListening = next
    for (const deck of decks) deck.setListening(next)
    tick()
  }

  function start(): void {
    isRefused = false
    for (const deck of decks) deck.unlock()
    setListening(true)
  }

  function stop(): void {
    isRefused = false
    setListening(false)
  }

  function tick(): void {
    if (isDestroyed) return
    clearTimeout(timer)
    const serverNowInMs = clock.serverTimeAtInMs(now())
    const plans = serverNowInMs === null ? null : planDecks(timeline, serverNowInMs)
    if (plans) assignDecks(plans)
    const delays = decks.map((deck) => deck.tick())
    publish(serverNowInMs)
    timer = setTimeout(tick, Math.min(...delays, untilNextStartInMs(plans ?? [], serverNowInMs ?? 0)))
  }

  /** Slots keep the deck they have; the others get a free one. */
  function assignDecks(plans: readonly DeckPlan[]): void {
    const wanted = new Set(plans.map(({ key }) => key))
    for (const deck of decks) if (deck.key && !wanted.has(deck.key)) deck.assign(null)
    for (const { key, slot, schedule } of plans) {
      const track = trackById(slot.trackId)
      const deck =
        decks.find((candidate) => candidate.key === key) ??
        decks.find(({ isEmpty }) => isEmpty) ??
        decks.find((candidate) => !candidate.key)
      if (track && deck) deck.assign({ key, track, schedule })
    }
  }

  /** The moment of a change is news: it should not wait for the next reading. */
  function untilNextStartInMs(plans: readonly DeckPlan[], serverNowInMs: number): number {
    const untilStarts = plans.flatMap(({ schedule }) =>
      schedule.kind === 'playing' ? [schedule.startsAtInMs - serverNowInMs] : [],
    )
    return Math.min(...untilStarts.filter((untilInMs) => untilInMs > 0))
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
    const phase = phaseFrom(cue || isWaitingForClock ? (deck?.status ?? 'loading') : 'idle')
    const isNews = phase !== before.phase || itemId !== before.itemId || isListening !== before.isListening
    const isDue = now() - publishedAtInMs >= publishEveryInMs
    if (!isNews && (!isDue || phase === 'silent')) return
    publishedAtInMs = now()
    store.set({
      ...atRest,
      ...deck?.read(),
      phase,
      isListening,
      itemId,
      uncertaintyInMs: Number.isFinite(clock.uncertaintyInMs) ? clock.uncertaintyInMs : null,
      corrections: decks.reduce((sum, { corrections }) => sum + corrections, 0),
    })
    showOutside(cue ? trackById(cue.slot.trackId) : undefined, itemId)
  }

  function phaseFrom(status: DeckStatus): AudioPhase {
    if (isRefused) return 'needs_gesture'
    if (!isListening || timeline.status !== 'playing' || status === 'idle') return 'silent'
    return status
  }

  function showOutside(track: Track | undefined, itemId: string | null): void {
    display.setPlaying(isListening && timeline.status === 'playing' && itemId !== null)
    if (itemId === shownItemId) return
    shownItemId = itemId
    display.show(track ?? null, track?.artworkPath ? mediaUrl(track.artworkPath) : null)
  }

  tick()

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    setTimeline(nextTimeline, nextTrackById) {
      timeline = nextTimeline
      trackById = nextTrackById
      tick()
    },
    start,
    stop,
    setVolume(volume) {
      for (const deck of decks) deck.setVolume(volume)
    },
    destroy() {
      isDestroyed = true
      clearTimeout(timer)
      for (const deck of decks) deck.destroy()
      display.destroy()
    },
  }
}
