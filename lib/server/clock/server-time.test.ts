import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createServerTime } from './server-time.ts'

/** A machine in simulated time, whose wall clock can be set, and drifts against the monotonic one. */
function createMachine() {
  const machine = { wallInMs: 1_795_000_000_000.3, monotonicInMs: 5_000 }
  return {
    elapse(ms: number, driftInPpm = 0) {
      machine.wallInMs += ms * (1 + driftInPpm / 1e6)
      machine.monotonicInMs += ms
    },
    set(byInMs: number) {
      machine.wallInMs += byInMs
    },
    get wallInMs() {
      return machine.wallInMs
    },
    startProcess() {
      const startedAtInMs = machine.monotonicInMs
      // To read a clock takes a little time.
      const read = (value: () => number) => {
        machine.wallInMs += 0.002
        machine.monotonicInMs += 0.002
        return value()
      }
      return createServerTime(
        () => read(() => Math.floor(machine.wallInMs)),
        () => read(() => machine.monotonicInMs - startedAtInMs),
      )
    },
  }
}

const everyInMs = fc.double({ min: 3, max: 400, noNaN: true })
const driftInPpm = fc.double({ min: -200, max: 200, noNaN: true })
const setByInMs = fc.double({ min: -20_000, max: 20_000, noNaN: true })

it('is the same in all processes of one machine, whenever they started', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 60_000, noNaN: true }), everyInMs, (apartInMs, gapInMs) => {
      const machine = createMachine()
      const first = machine.startProcess()
      first()
      machine.elapse(apartInMs)
      const second = machine.startProcess()
      machine.elapse(gapInMs)
      expect(Math.abs(first() - machine.wallInMs)).toBeLessThan(0.05)
      expect(Math.abs(second() - machine.wallInMs)).toBeLessThan(0.05)
    }),
  )
})

it('follows a wall clock that was set, or that drifts away', () => {
  fc.assert(
    fc.property(setByInMs, driftInPpm, fc.integer(), (byInMs, drift, seed) => {
      const machine = createMachine()
      const process = machine.startProcess()
      machine.elapse(1_000)
      process()
      machine.set(byInMs)
      expect(Math.abs(process() - machine.wallInMs)).toBeLessThan(1.05)
      for (let request = 0; request < 200; request++) {
        machine.elapse(40 + ((request * 7.31 + (seed % 97) / 97) % 1), drift)
        process()
      }
      expect(Math.abs(process() - machine.wallInMs)).toBeLessThan(0.3)
    }),
  )
})

it('never runs backwards while nobody sets a clock', () => {
  fc.assert(
    fc.property(everyInMs, driftInPpm, (gapInMs, drift) => {
      const machine = createMachine()
      const process = machine.startProcess()
      let before = process()
      for (let request = 0; request < 200; request++) {
        machine.elapse(gapInMs, drift)
        const now = process()
        expect(now).toBeGreaterThan(before)
        before = now
      }
    }),
  )
})
