import { describe, expect, it } from 'vitest'
import { decideCorrection, startAcquiring, startWithSeek } from './correction.ts'
import type { Device } from './simulated-element.ts'
import { firstTrackedInMs, runSimulation, worstBend, worstErrorInMs } from './simulated-run.ts'

const ideal: Device = {
  driftInPpm: 0,
  seekLatencyInMs: 80,
  seekJitterInMs: 0,
  lateSeekEvery: 0,
  lateSeekInMs: 0,
  rateLatencyInMs: 60,
  readNoiseInMs: 0,
}

describe('acquiring', () => {
  it.each([
    ['far behind', -5_000],
    ['far ahead', 5_000],
    ['a little behind', -30],
    ['a little ahead', 30],
  ])('is heard in sync within 0.7 s when %s', (_name, startErrorInMs) => {
    const { moments } = runSimulation(ideal, 1, { forInMs: 10_000, startErrorInMs })
    expect(firstTrackedInMs(moments)).toBeLessThan(700)
    expect(worstErrorInMs(moments.filter(({ mode }) => mode === 'tracking'))).toBeLessThan(5)
  })

  it('seeks at once over what was moved on purpose', () => {
    const { action } = decideCorrection(startAcquiring(), { atInMs: 0, errorInMs: -60_000 })
    expect(action).toEqual({ kind: 'seek', leadInMs: 80 })
  })

  it('learns the lead of a slow seek from where the first one lands, and keeps it', () => {
    const slow = { ...ideal, seekLatencyInMs: 250 }
    const { seeks, moments, state } = runSimulation(slow, 1, { forInMs: 5_000, startErrorInMs: -5_000 })
    expect(seeks).toBe(2)
    expect(firstTrackedInMs(moments)).toBeLessThan(1_100)
    expect(state.seekLeadInMs).toBeCloseTo(250, -1)
    expect(startWithSeek(state).action).toEqual({ kind: 'seek', leadInMs: state.seekLeadInMs })
  })

  it.each([145, 15])(
    'soon makes up for a seek that takes %d ms and so lands 65 ms off',
    (seekLatencyInMs) => {
      const device = { ...ideal, seekLatencyInMs }
      const { seeks, moments } = runSimulation(device, 1, { forInMs: 5_000, startErrorInMs: -5_000 })
      expect(seeks).toBe(1)
      expect(firstTrackedInMs(moments)).toBeLessThan(1_100)
    },
  )

  it('waits while the position cannot be read', () => {
    const { action } = decideCorrection(startAcquiring(), { atInMs: 0, errorInMs: null })
    expect(action).toEqual({ kind: 'none' })
  })
})

describe('tracking', () => {
  it.each([100, -100, 300])('learns a drift of %d ppm, so that no error remains', (driftInPpm) => {
    const { moments, state } = runSimulation({ ...ideal, driftInPpm }, 1, {
      forInMs: 120_000,
      startErrorInMs: 0,
    })
    expect(worstErrorInMs(moments.slice(-20))).toBeLessThan(0.35)
    expect(-state.driftRate * 1e6).toBeCloseTo(driftInPpm, -2)
  })

  it('begins with the drift that it has learned before', () => {
    const { rate } = startAcquiring({ seekLeadInMs: 80, driftRate: -0.0003 })
    expect(rate).toBe(1)
    let decision = {
      state: startAcquiring({ seekLeadInMs: 80, driftRate: -0.0003 }) as Parameters<
        typeof decideCorrection
      >[0],
    }
    for (let atInMs = 0; atInMs < 200; atInMs += 25)
      decision = decideCorrection(decision.state, { atInMs, errorInMs: 0 })
    expect(decision.state).toMatchObject({ mode: 'tracking', rate: 0.9997 })
  })

  /** A device that begins in sync and jumps once. */
  function runWithJump(jumpAtInMs: number, jumpInMs: number) {
    let hasJumped = false
    return runSimulation(ideal, 1, {
      forInMs: jumpAtInMs + 30_000,
      startErrorInMs: 80,
      disturb: (atInMs, element) => {
        if (hasJumped || atInMs < jumpAtInMs) return
        hasJumped = true
        element.jump(jumpInMs)
      },
    })
  }

  it.each([
    ['slews a small jump away', 30_000, 80, 0],
    ['seeks over a large one', 30_000, 300, 1],
    ['makes no hole in what is heard when the clock of a fresh element jumps', 2_000, -90, 0],
  ])('%s', (_name, jumpAtInMs, jumpInMs, expectedSeeks) => {
    const { moments, seeks } = runWithJump(jumpAtInMs, jumpInMs)
    expect(seeks).toBe(expectedSeeks)
    expect(worstErrorInMs(moments.slice(-20))).toBeLessThan(3)
  })

  it('seeks a fresh element whose clock jumps before it is heard', () => {
    let decision = decideCorrection(startAcquiring(), { atInMs: 0, errorInMs: 0 })
    for (let atInMs = 25; atInMs <= 500; atInMs += 25) {
      const errorInMs = atInMs < 300 ? 0 : -60
      decision = decideCorrection(decision.state, { atInMs, errorInMs, isHeard: false })
      if (decision.action.kind === 'seek') break
    }
    expect(decision.action.kind).toBe('seek')
  })

  it('bends no more than an ear lets pass while it is close', () => {
    const { moments } = runWithJump(30_000, 12)
    const heard = moments.filter(({ mode }) => mode === 'tracking')
    expect(worstBend(heard)).toBeLessThanOrEqual(0.005)
  })
})
