import { createStore, type Readable } from '#lib/client/audio/store.ts'
import { beatEveryInMs, beatPattern } from '#lib/domain/calibration/patterns.ts'
import { estimateFromTaps, type TapEstimate } from '#lib/domain/calibration/tap-test.ts'
import { type PlayedPattern, playPattern } from './play-pattern.ts'

export type TapSnapshot = {
  status: 'playing' | 'done' | 'failed'
  taps: number
  /** As good as it is so far; null while there are too few taps. */
  estimate: TapEstimate | null
}

export type TapSession = Readable<TapSnapshot> & {
  /** Somebody tapped, at an instant of `performance.now` (an event's `timeStamp`). */
  tap: (atInMs: number) => void
  stop: () => void
}

/** Plays a metronome to an output and listens for taps. To be called in a gesture. */
export function startTapSession(
  outputDeviceId: string,
  play: (outputDeviceId: string) => PlayedPattern = (id) => playPattern(beatPattern(), id),
): TapSession {
  const store = createStore<TapSnapshot>({ status: 'playing', taps: 0, estimate: null })
  const tapsAtInMs: number[] = []
  const played = play(outputDeviceId)
  const [firstBeatInMs = 0] = beatPattern().marksInMs

  const update = (status: TapSnapshot['status']): void => {
    const { originInMs } = played
    const estimate =
      originInMs === null ? null : estimateFromTaps(tapsAtInMs, originInMs + firstBeatInMs, beatEveryInMs)
    store.set({ status, taps: tapsAtInMs.length, estimate })
  }
  played.ended.then(
    () => update('done'),
    () => update(store.getSnapshot().estimate ? 'done' : 'failed'),
  )
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    tap(atInMs) {
      if (store.getSnapshot().status !== 'playing') return
      tapsAtInMs.push(atInMs)
      update('playing')
    },
    stop: played.stop,
  }
}
