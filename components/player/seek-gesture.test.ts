import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSeekGesture } from './seek-gesture.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a drag seeks once, where the pointer lets go', () => {
  const onSeek = vi.fn()
  const gesture = createSeekGesture(onSeek)
  gesture.press()
  gesture.aim(10_000)
  gesture.aim(20_000)
  vi.advanceTimersByTime(5_000)
  expect(onSeek).not.toHaveBeenCalled()
  expect(gesture.aimInMs()).toBe(20_000)
  gesture.release()
  expect(onSeek.mock.calls).toEqual([[20_000]])
  expect(gesture.aimInMs()).toBeNull()
})

test('several presses of an arrow key are one seek', () => {
  const onSeek = vi.fn()
  const gesture = createSeekGesture(onSeek)
  for (const positionInMs of [5_000, 10_000, 15_000]) {
    gesture.aim(positionInMs)
    vi.advanceTimersByTime(150)
  }
  vi.advanceTimersByTime(1_000)
  expect(onSeek.mock.calls).toEqual([[15_000]])
})

test('a click that aims at nothing seeks nowhere', () => {
  const onSeek = vi.fn()
  const gesture = createSeekGesture(onSeek)
  gesture.press()
  gesture.release()
  expect(onSeek).not.toHaveBeenCalled()
})
