import type { AudioEngine } from '#lib/client/audio/audio-engine.ts'
import { heardPhase } from '#lib/client/audio/audio-snapshot.ts'
import type { RequestJson } from '#lib/client/session/session-api.ts'
import { isAmongReporters } from '#lib/domain/listening/sample.ts'
import { type ListeningReport, listeningReportResultSchema } from '#lib/protocol/listening.ts'

export type ListeningReportsDeps = {
  sessionId: string
  userId: string
  audio: Pick<AudioEngine, 'getSnapshot' | 'subscribe'>
  /** How many are here; null while the room is not ready. */
  hereCount: () => number | null
  request: RequestJson
  now?: () => number
  /** Between 0 and 1. */
  random?: () => number
}

/** The first one soon, so that the DJ sees who came; the others spread out, so that a room never speaks at once. */
const firstWithinInMs = { from: 3_000, to: 12_000 }
const everyInMs = { from: 45_000, to: 75_000 }
const countedForInMs = 5 * 60_000

/** Tells the server about once a minute how this listener's sound is doing. A report that fails is not made up for. */
export function startListeningReports({
  sessionId,
  userId,
  audio,
  hereCount,
  request,
  now = () => performance.now(),
  random = Math.random,
}: ListeningReportsDeps): { destroy: () => void } {
  const stallsLately = countLately(audio.getSnapshot().stalls, now)
  const correctionsLately = countLately(audio.getSnapshot().corrections, now)
  let timer: ReturnType<typeof setTimeout> | undefined

  const unsubscribe = audio.subscribe(() => {
    const { stalls, corrections } = audio.getSnapshot()
    stallsLately.note(stalls)
    correctionsLately.note(corrections)
  })

  function compose(): ListeningReport {
    const snapshot = audio.getSnapshot()
    const { isListening, positionInMs, bitrate, ...figures } = snapshot
    const { offsetInMs, uncertaintyInMs, driftInPpm, bufferInMs } = figures
    const within = (value: number | null, max = 60_000) =>
      value !== null && Math.abs(value) <= max ? value : null
    return {
      isListening,
      // While it looks for the beat unheard, its offset is nobody's.
      offsetInMs: heardPhase(snapshot) === 'in_sync' ? within(offsetInMs) : null,
      uncertaintyInMs: within(uncertaintyInMs),
      stalls: Math.min(1_000, stallsLately.count()),
      bitrate: bitrate === null ? null : Math.min(10_000_000, Math.round(bitrate)),
      driftInPpm: within(driftInPpm, 10_000),
      // Without sound nothing is loaded ahead of anything.
      bufferInMs: positionInMs === null ? null : Math.min(3_600_000, bufferInMs),
      corrections: Math.min(10_000, correctionsLately.count()),
    }
  }

  function reportAfter({ from, to }: { from: number; to: number }): void {
    timer = setTimeout(report, from + random() * (to - from))
  }

  async function report(): Promise<void> {
    reportAfter(everyInMs)
    const count = hereCount()
    if (count === null || !isAmongReporters(userId, count)) return
    await request(`/api/sessions/${sessionId}/listening`, listeningReportResultSchema, compose()).catch(
      () => {},
    )
  }

  reportAfter(firstWithinInMs)
  return {
    destroy() {
      clearTimeout(timer)
      unsubscribe()
    },
  }
}

/** How much a count that only grows has grown in the last minutes. */
function countLately(known: number, now: () => number) {
  let atInMs: number[] = []
  return {
    note(count: number): void {
      for (; known < count; known++) atInMs.push(now())
    },
    count(): number {
      atInMs = atInMs.filter((at) => now() - at < countedForInMs)
      return atInMs.length
    },
  }
}
