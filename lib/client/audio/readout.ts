import { keyOf } from '#lib/domain/sync/plan-decks.ts'
import { cueAt, type Timeline } from '#lib/domain/timeline/timeline.ts'
import type { Track } from '#lib/protocol/tracks.ts'
import { type AudioPhase, type AudioSnapshot, atRest, isLiveAlone } from './audio-snapshot.ts'
import type { ClockSync } from './clock-sync.ts'
import type { Deck } from './deck.ts'
import type { createLiveDeck } from './live-deck.ts'
import type { MediaSessionDisplay } from './media-session.ts'
import type { Outputs } from './outputs.ts'
import type { DeckSettings, DeckStatus } from './program.ts'
import { createStore, type Readable } from './store.ts'

export type ReadoutDeps = {
  clock: Pick<ClockSync, 'uncertaintyInMs'>
  decks: readonly Deck[]
  liveDeck: ReturnType<typeof createLiveDeck>
  outputs: Pick<Outputs, 'deviceId' | 'changes'>
  settings: Readonly<DeckSettings>
  display: MediaSessionDisplay
  mediaUrl: (path: string) => string
  now: () => number
}

/** What the engine follows, and what of it this listener wants. */
export type Followed = {
  timeline: Timeline
  trackById: (trackId: string) => Track | undefined
  isListening: boolean
  /** The browser wants a gesture first. */
  isRefused: boolean
}

export type Readout = Readable<AudioSnapshot> & {
  /**
   * Says what the decks are doing: news at once, figures a few times a second. `playedInMs` is the server time to which
   * belongs what leaves this device now; null while unknown.
   */
  publish: (followed: Followed, playedInMs: number | null) => void
  /** Something was set: what is published next is not held back. */
  hurry: () => void
}

const publishEveryInMs = 200

/** Tells the page, and the system's media controls, what is heard here. */
export function createReadout(deps: ReadoutDeps): Readout {
  const { clock, decks, liveDeck, outputs, settings, display, mediaUrl, now } = deps
  const allDecks = [...decks, liveDeck]
  const store = createStore(atRest)
  let lastCue: ReturnType<typeof cueAt> = null
  let shownItemId: string | null = null
  let driftInPpm: number | null = null
  let publishedAtInMs = Number.NEGATIVE_INFINITY

  function publish(followed: Followed, playedInMs: number | null): void {
    const { timeline, trackById, isListening } = followed
    const before = store.getSnapshot()
    // While the clock is being found again, the decks keep what they have, and look for its place.
    const cue = playedInMs === null ? lastCue : cueAt(timeline, playedInMs)
    lastCue = cue
    const itemId = cue?.slot.itemId ?? null
    const key = cue ? keyOf(cue.slot) : null
    const deck = decks.find((candidate) => key !== null && candidate.key === key)
    const isWaitingForClock = playedInMs === null && timeline.status === 'playing'
    const isIdle = timeline.status !== 'playing' || !(cue || isWaitingForClock)
    const phase = phaseOf(isIdle ? 'idle' : (deck?.status ?? 'loading'), followed)
    const livePhase = phaseOf(liveDeck.status, followed)
    const isNews =
      phase !== before.phase ||
      livePhase !== before.livePhase ||
      itemId !== before.itemId ||
      isListening !== before.isListening
    const isDue = now() - publishedAtInMs >= publishEveryInMs
    const isQuiet = phase === 'silent' && livePhase === 'silent' && Number.isFinite(publishedAtInMs)
    if (!isNews && (!isDue || isQuiet)) return
    publishedAtInMs = now()
    const shown = isLiveAlone({ phase, livePhase }) ? liveDeck : deck
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
      outputDeviceId: outputs.deviceId,
      deviceChanges: outputs.changes,
    })
    const track = cue ? trackById(cue.slot.trackId) : undefined
    display.setPlaying(isListening && timeline.status === 'playing' && itemId !== null)
    show(track, itemId)
    if (isNews && playedInMs !== null)
      display.setPosition(cue && track ? { ...cue, durationInMs: track.durationInMs } : null)
  }

  function show(track: Track | undefined, itemId: string | null): void {
    if (itemId === shownItemId) return
    shownItemId = itemId
    display.show(track ?? null, track?.artworkPath ? mediaUrl(track.artworkPath) : null)
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    publish,
    hurry() {
      publishedAtInMs = Number.NEGATIVE_INFINITY
    },
  }
}

function phaseOf(status: DeckStatus, { isListening, isRefused }: Followed): AudioPhase {
  if (isRefused) return 'needs_gesture'
  return isListening && status !== 'idle' ? status : 'silent'
}
