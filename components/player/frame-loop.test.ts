import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { onFrame } from './frame-loop.ts'

let due: FrameRequestCallback[] = []
beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => due.push(callback))
})
afterEach(() => {
  runFrames(1)
  due = []
  vi.unstubAllGlobals()
})

function runFrames(count: number): void {
  for (let index = 1; index <= count; index++) {
    const callbacks = due
    due = []
    for (const callback of callbacks) callback((index * 1_000) / 60)
  }
}

it('paints what is slow fifteen times a second, what is lively thirty times, in frames that they share', () => {
  const frames = { slow: [] as number[], other: [] as number[], lively: [] as number[] }
  const stops = [
    onFrame((nowInMs) => frames.slow.push(nowInMs)),
    onFrame((nowInMs) => frames.other.push(nowInMs)),
    onFrame((nowInMs) => frames.lively.push(nowInMs), 'lively'),
  ]
  runFrames(60)
  for (const stop of stops) stop()
  expect(frames.slow).toHaveLength(15)
  expect(frames.other).toEqual(frames.slow)
  expect(frames.lively.length).toBeGreaterThanOrEqual(29)
  expect(frames.lively).toEqual(expect.arrayContaining(frames.slow))
})

it('asks for no frame once nobody paints', () => {
  onFrame(() => {})()
  runFrames(1)
  expect(due).toEqual([])
})
