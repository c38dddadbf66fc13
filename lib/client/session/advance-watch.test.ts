import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import { watchForAdvance } from './advance-watch.ts'
import type { CommandInput } from './commands.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function playing(rev: number, startsAtInMs: number): Timeline {
  const current = { itemId: 'i', trackId: 't', durationInMs: 60_000, startsAtInMs }
  return { status: 'playing', rev, current, next: null }
}

function watch(first: Timeline) {
  let timeline = first
  let changed = (): void => {}
  const sent: CommandInput[] = []
  const watched = watchForAdvance({
    subscribe: (listener) => {
      changed = listener
      return () => {
        changed = () => {}
      }
    },
    timeline: () => timeline,
    serverNowInMs: () => Date.now(),
    send: async (input) => {
      sent.push(input)
      return { ok: false, code: 'stale' }
    },
    random: () => 0.5,
  })
  const become = (next: Timeline): void => {
    timeline = next
    changed()
  }
  return { sent, become, watched }
}

describe('watchForAdvance', () => {
  it('asks only some time after the end', async () => {
    const { sent } = watch(playing(4, 1_000_000))
    await vi.advanceTimersByTimeAsync(61_999)
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual([{ kind: 'playback.advance', expectedRev: 4 }])
  })

  it('leaves it to whoever was first', async () => {
    const { sent, become } = watch(playing(4, 1_000_000))
    await vi.advanceTimersByTimeAsync(61_000)
    become(playing(5, 1_060_000))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toEqual([])
  })

  it('asks again, ever more rarely, while nothing moves', async () => {
    const { sent, watched } = watch(playing(4, 1_000_000))
    await vi.advanceTimersByTimeAsync(62_000 + 2_000 + 4_000 + 8_000)
    expect(sent).toHaveLength(4)
    watched.destroy()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(sent).toHaveLength(4)
  })

  it('rests while the music is paused', async () => {
    const { sent, become } = watch(playing(4, 1_000_000))
    const current = { itemId: 'i', trackId: 't', durationInMs: 60_000 }
    become({ status: 'paused', rev: 5, current, positionInMs: 10 })
    await vi.advanceTimersByTimeAsync(600_000)
    expect(sent).toEqual([])
  })
})
