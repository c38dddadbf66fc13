import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'
import { startDjHeartbeat } from './dj-heartbeat.ts'
import type { RequestJson } from './session-api.ts'
import { testId } from './testing/fake-session.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const lease = { leaseId: testId('leas', 1), presentUntil: 1_015_000 }

function start(
  answers: { [path: string]: (body: unknown) => unknown },
  serverNowInMs: () => number | null = Date.now,
  {
    isLeaseFree = () => true,
    standsIn = false,
    wasHeld = false,
  }: { isLeaseFree?: () => boolean; standsIn?: boolean; wasHeld?: boolean } = {},
) {
  const notes: boolean[] = []
  const asked: { path: string; body: unknown }[] = []
  const request: RequestJson = async (path, result, body) => {
    asked.push({ path: path.split('/').at(-1) ?? '', body })
    return result.parse(answers[path.split('/').at(-1) ?? '']?.(body))
  }
  const heartbeat = startDjHeartbeat({
    sessionId: testId('sess', 1),
    request,
    serverNowInMs,
    positionInMs: () => 4_200,
    timeline: () => ({ status: 'idle', rev: 7 }),
    isLeaseFree,
    standsIn,
    kept: { wasHeld, note: (isHeld) => void notes.push(isHeld) },
  })
  return { heartbeat, asked, notes }
}

const refuse = (code: ErrorCode): never => {
  throw new CodedError(code)
}
const aBeat = () => vi.advanceTimersByTimeAsync(5_000)

describe('startDjHeartbeat', () => {
  it('claims the lease, then says every 5 s where the player is', async () => {
    const beat = () => ({ presentUntil: Date.now() + 15_000, rev: 7 })
    const { heartbeat, asked } = start({ lease: () => lease, heartbeat: beat })
    await vi.advanceTimersByTimeAsync(0)
    expect(heartbeat.getSnapshot()).toEqual({ status: 'held', presentUntil: 1_015_000 })
    await aBeat()
    expect(asked).toEqual([
      { path: 'lease', body: { takesOver: false } },
      { path: 'heartbeat', body: { leaseId: lease.leaseId, rev: 7, positionInMs: 4_200, at: 1_005_000 } },
    ])
    heartbeat.destroy()
    await aBeat()
    expect(asked).toHaveLength(2)
  })

  it('of a co-DJ takes the lease only while it is free, and leaves it to the DJ who is back', async () => {
    let isFree = false
    let isTaken = false
    const { heartbeat, asked } = start(
      {
        lease: () => lease,
        heartbeat: () => {
          if (isTaken) throw new CodedError('lease_lost')
          return { presentUntil: Date.now() + 15_000, rev: 7 }
        },
      },
      Date.now,
      { isLeaseFree: () => isFree, standsIn: true },
    )
    await aBeat()
    expect(asked).toEqual([])
    isFree = true
    await aBeat()
    expect(heartbeat.getSnapshot().status).toBe('held')
    isFree = false
    isTaken = true
    await aBeat()
    expect(heartbeat.getSnapshot()).toEqual({ status: 'claiming' })
    await aBeat()
    expect(asked.map(({ path }) => path)).toEqual(['lease', 'heartbeat'])
    heartbeat.destroy()
  })

  it('stops when another browser took over, until it is told to take over', async () => {
    const { heartbeat, asked } = start({
      lease: () => lease,
      heartbeat: () => {
        throw new CodedError('lease_lost')
      },
    })
    await aBeat()
    expect(heartbeat.getSnapshot()).toEqual({ status: 'lost' })
    await aBeat()
    expect(asked).toHaveLength(2)
    heartbeat.takeOver()
    await vi.advanceTimersByTimeAsync(0)
    expect(heartbeat.getSnapshot().status).toBe('held')
  })

  it('leaves the lease to a window that is on air, until that one is gone or it is told to take over', async () => {
    let isOnAir = true
    let isFree = false
    const { heartbeat, asked } = start(
      {
        lease: (body) => (isOnAir && !(body as { takesOver: boolean }).takesOver ? refuse('on_air') : lease),
      },
      () => null,
      { isLeaseFree: () => isFree },
    )
    await aBeat()
    await aBeat()
    expect(heartbeat.getSnapshot()).toEqual({ status: 'on_air_elsewhere' })
    expect(heartbeat.leaseId()).toBeNull()
    expect(asked).toHaveLength(1)
    heartbeat.takeOver()
    await vi.advanceTimersByTimeAsync(0)
    expect(heartbeat.getSnapshot().status).toBe('held')
    heartbeat.destroy()

    const other = start({ lease: () => (isOnAir ? refuse('on_air') : lease) }, () => null, {
      isLeaseFree: () => isFree,
    })
    await aBeat()
    isOnAir = false
    isFree = true
    await aBeat()
    expect(other.heartbeat.getSnapshot().status).toBe('held')
    expect(other.asked.map(({ body }) => body)).toEqual([{ takesOver: false }, { takesOver: false }])
  })

  it('has its own lease back after a reload, also in the middle of a broadcast', async () => {
    const { asked, notes } = start({ lease: () => lease }, () => null, { wasHeld: true })
    await vi.advanceTimersByTimeAsync(0)
    expect(asked[0]?.body).toEqual({ takesOver: true })
    expect(notes.at(-1)).toBe(true)
  })

  it('goes on through a failing network', async () => {
    const failures = [new CodedError('unavailable')]
    const { heartbeat } = start({
      lease: () => lease,
      heartbeat: () => {
        const failure = failures.pop()
        if (failure) throw failure
        return { presentUntil: 2, rev: 7 }
      },
    })
    await aBeat()
    await aBeat()
    expect(heartbeat.getSnapshot()).toEqual({ status: 'held', presentUntil: 2 })
  })

  it('says nothing before its clock is right', async () => {
    const { asked } = start({ lease: () => lease }, () => null)
    await aBeat()
    expect(asked.map(({ path }) => path)).toEqual(['lease'])
  })

  it('goes on in a hidden tab, whose own timers hardly ring', async () => {
    const { setTimeout, clearTimeout } = globalThis
    class Ticker extends EventTarget {
      timer: ReturnType<typeof setTimeout> | undefined
      postMessage(delayInMs: number | null): void {
        clearTimeout(this.timer)
        if (delayInMs !== null)
          this.timer = setTimeout(() => this.dispatchEvent(new Event('message')), delayInMs)
      }
      terminate(): void {
        clearTimeout(this.timer)
      }
    }
    vi.stubGlobal('Worker', Ticker)
    vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: true }))
    vi.stubGlobal('setTimeout', () => 0)
    vi.stubGlobal('setInterval', () => 0)
    const beat = () => ({ presentUntil: Date.now() + 15_000, rev: 7 })
    const { heartbeat, asked } = start({ lease: () => lease, heartbeat: beat })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked.filter(({ path }) => path === 'heartbeat')).toHaveLength(12)
    heartbeat.destroy()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(13)
  })

  it('tells when this person may not play', async () => {
    const { heartbeat, asked } = start({
      lease: () => {
        throw new CodedError('not_allowed')
      },
    })
    await aBeat()
    expect(heartbeat.getSnapshot()).toEqual({ status: 'refused', code: 'not_allowed' })
    expect(asked).toHaveLength(1)
  })
})
