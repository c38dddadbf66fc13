import { expect, test } from 'vitest'
import type { AudioSnapshot } from '../audio/audio-engine.ts'
import { createStore } from '../audio/store.ts'
import type { DeviceLine, DeviceLineListener } from './device-line.ts'
import { watchOtherDevices } from './other-devices.ts'

type Snapshot = Pick<AudioSnapshot, 'phase' | 'livePhase' | 'isListening'>
const silent: Snapshot = { phase: 'silent', livePhase: 'silent', isListening: false }

/** The devices of one person, each with a player that is in sync as soon as the test says so. */
function aPerson() {
  const states = new Map<string, { browser: string; system: string; isListening: boolean }>()
  const listeners = new Map<string, DeviceLineListener>()
  const spread = () => {
    const devices = new Map([...states].map(([id, state]) => [id, [state]]))
    for (const { onDevices } of listeners.values()) onDevices(devices)
  }
  return (system: string) => {
    const name = { browser: 'Firefox', system }
    const store = createStore<Snapshot>(silent)
    const canMeet = createStore<boolean | null>(true)
    const set = (change: Partial<Snapshot>) => store.set({ ...store.getSnapshot(), ...change })
    let isListening = false
    const line: DeviceLine = {
      open: (listener) => {
        listeners.set(system, listener)
        states.set(system, { ...name, isListening })
        spread()
      },
      close: () => {
        listeners.delete(system)
        states.delete(system)
        spread()
      },
      tell: (next) => {
        isListening = next
        if (!states.has(system)) return
        states.set(system, { ...name, isListening })
        spread()
      },
      tellMoved: () => {
        for (const [id, { onMoved }] of listeners) if (id !== system) onMoved({ ...name, deviceId: system })
      },
    }
    const audio = {
      ...store,
      start: () => set({ isListening: true, phase: 'acquiring' }),
      stop: () => set(silent),
    }
    const devices = watchOtherDevices({ deviceId: system, line, audio, canMeet })
    return {
      ...devices,
      audio,
      canMeet,
      set,
      getInSync: () => set({ phase: 'in_sync' }),
      isListening: () => store.getSnapshot().isListening,
      others: () => devices.getSnapshot().listening.map((other) => other.system),
    }
  }
}

test('each device says which others have their sound on, and nothing moves by itself', () => {
  const device = aPerson()
  const [phone, laptop] = [device('iPhone'), device('Linux')]
  phone.audio.start()
  expect([phone.others(), laptop.others()]).toEqual([[], ['iPhone']])
  laptop.audio.start()
  phone.getInSync()
  laptop.getInSync()
  expect([phone.others(), laptop.others()]).toEqual([['Linux'], ['iPhone']])
  expect([phone.isListening(), laptop.isListening()]).toEqual([true, true])
  laptop.destroy()
  expect(phone.others()).toEqual([])
})

test('the other device plays on until this one is in sync, then falls silent and says where the music went', () => {
  const device = aPerson()
  const [phone, laptop] = [device('iPhone'), device('Linux')]
  phone.audio.start()
  phone.getInSync()
  laptop.moveHere()
  expect(laptop.getSnapshot().isMoving).toBe(true)
  expect(phone.isListening()).toBe(true)
  laptop.getInSync()
  expect(laptop.getSnapshot().isMoving).toBe(false)
  expect(phone.isListening()).toBe(false)
  expect(phone.getSnapshot().movedTo).toEqual({ browser: 'Firefox', system: 'Linux' })

  phone.moveHere()
  phone.getInSync()
  expect(phone.getSnapshot().movedTo).toBeNull()
  expect([phone.isListening(), laptop.isListening()]).toEqual([true, false])
})

test('where nothing plays there is nothing to wait for, and what is on air is waited for', () => {
  const device = aPerson()
  const [phone, laptop] = [device('iPhone'), device('Linux')]
  phone.audio.start()
  laptop.moveHere()
  laptop.set({ phase: 'silent', livePhase: 'loading' })
  expect(phone.isListening()).toBe(true)
  laptop.set({ livePhase: 'silent' })
  expect(phone.isListening()).toBe(false)
})

test('a device that was turned off by hand, or is refused its sound, takes nothing away', () => {
  const device = aPerson()
  const [phone, laptop] = [device('iPhone'), device('Linux')]
  phone.audio.start()
  laptop.moveHere()
  laptop.audio.stop()
  expect(laptop.getSnapshot().isMoving).toBe(false)
  laptop.audio.start()
  laptop.getInSync()
  expect(phone.isListening()).toBe(true)
})

test('on a connection that does not reach the others it says so, and knows of none', () => {
  const device = aPerson()
  const [phone, laptop] = [device('iPhone'), device('Linux')]
  phone.audio.start()
  laptop.canMeet.set(false)
  expect(laptop.getSnapshot()).toMatchObject({ canMeet: false, listening: [] })
  laptop.canMeet.set(true)
  expect(laptop.others()).toEqual(['iPhone'])
})
