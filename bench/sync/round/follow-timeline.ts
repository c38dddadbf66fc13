import { setTimeout as delay } from 'node:timers/promises'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import { snapshotSchema } from '#lib/protocol/session-state.ts'
import type { Held } from '../analyse/programme.ts'
import type { Somebody } from '../stage/somebody.ts'

export type FollowedTimeline = {
  /** Asks at once; to be called after each of the DJ's commands. `tappedAtInMs`: since when its outcome holds. */
  look: (tappedAtInMs?: number) => Promise<void>
  history: () => readonly Held[]
  titleOf: (trackId: string) => string
  stop: () => Promise<void>
}

const lookEveryInMs = 1_000

/** Keeps what the server says of a session's timeline, so that what should be heard at each instant is known. */
export function followTimeline({ page }: Somebody, sessionId: string): FollowedTimeline {
  const history: Held[] = []
  const titles = new Map<string, string>()
  const ending = new AbortController()

  async function ask(): Promise<{ timeline: Timeline; atInMs: number }> {
    const atInMs = Date.now()
    const response = await page.context().request.get(`/api/sessions/${sessionId}/snapshot`)
    const { playback, queue } = snapshotSchema.parse(await response.json())
    for (const { track } of queue) titles.set(track.id, track.title)
    return { timeline: playback, atInMs }
  }

  async function look(tappedAtInMs?: number): Promise<void> {
    const { timeline, atInMs } = await ask()
    const last = history.at(-1)
    if (last && timeline.rev <= last.timeline.rev) return
    history.push({ fromInMs: tappedAtInMs ?? atInMs, timeline })
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      await look().catch(() => {})
      await delay(lookEveryInMs, undefined, { signal: ending.signal }).catch(() => {})
    }
  }
  const looping = loop()

  return {
    look,
    history: () => history,
    titleOf: (trackId) => titles.get(trackId) ?? '',
    async stop() {
      ending.abort()
      await looping
    },
  }
}
