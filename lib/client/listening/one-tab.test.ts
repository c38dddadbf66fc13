import { afterEach, expect, test, vi } from 'vitest'
import type { AudioEngine } from '../audio/audio-engine.ts'
import { createStore } from '../audio/store.ts'
import { listenInOneTab } from './one-tab.ts'

const sessionId = 'session-1'
type Snapshot = Pick<ReturnType<AudioEngine['getSnapshot']>, 'phase' | 'livePhase' | 'isListening'>
let ticks = 0
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A tab whose player is in sync as soon as the test says so. */
function openTab() {
  const store = createStore<Snapshot>({ phase: 'silent', livePhase: 'silent', isListening: false })
  const set = (change: Partial<Snapshot>) => store.set({ ...store.getSnapshot(), ...change })
  const tab = listenInOneTab({
    sessionId,
    audio: {
      ...store,
      start: () => set({ isListening: true, phase: 'acquiring' }),
      stop: () => set({ isListening: false, phase: 'silent', livePhase: 'silent' }),
    },
    now: () => ticks++,
    onPageHide: () => () => undefined,
  })
  closers.push(tab.destroy)
  return {
    close: tab.destroy,
    start: () => set({ isListening: true, phase: 'acquiring' }),
    stop: () => set({ isListening: false, phase: 'silent' }),
    getInSync: () => set({ phase: 'in_sync' }),
    hearLiveAlone: () => set({ phase: 'silent', livePhase: 'in_sync' }),
    isListening: () => store.getSnapshot().isListening,
  }
}

test('the sound moves to the tab that was turned on last, once that one is in sync', async () => {
  const [first, second] = [openTab(), openTab()]
  first.start()
  first.getInSync()
  second.start()
  await vi.waitFor(() => expect(second.isListening()).toBe(true))
  expect(first.isListening()).toBe(true)
  second.getInSync()
  await vi.waitFor(() => expect(first.isListening()).toBe(false))
  expect(second.isListening()).toBe(true)

  first.start()
  first.getInSync()
  await vi.waitFor(() => expect(second.isListening()).toBe(false))
  expect(first.isListening()).toBe(true)
})

test('a live set without music is heard in one tab, too', async () => {
  const [first, second] = [openTab(), openTab()]
  for (const tab of [first, second]) {
    tab.start()
    tab.hearLiveAlone()
  }
  await vi.waitFor(() => expect(first.isListening()).toBe(false))
  expect(second.isListening()).toBe(true)
})

test('of two tabs that get in sync at the same moment one is heard', async () => {
  const [first, second] = [openTab(), openTab()]
  for (const tab of [first, second]) tab.start()
  for (const tab of [second, first]) tab.getInSync()
  await vi.waitFor(() => expect(first.isListening()).toBe(false))
  expect(second.isListening()).toBe(true)
})

test('the tab that gave way is heard again when the other closes, and not when it falls silent by its own wish', async () => {
  const [first, second] = [openTab(), openTab()]
  first.start()
  first.getInSync()
  second.start()
  second.getInSync()
  await vi.waitFor(() => expect(first.isListening()).toBe(false))
  second.close()
  await vi.waitFor(() => expect(first.isListening()).toBe(true))

  const third = openTab()
  first.getInSync()
  third.start()
  third.getInSync()
  await vi.waitFor(() => expect(first.isListening()).toBe(false))
  third.stop()
  third.close()
  const fourth = openTab()
  fourth.start()
  fourth.getInSync()
  await vi.waitFor(() => expect(fourth.isListening()).toBe(true))
  expect(first.isListening()).toBe(false)
})
