import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEngineUnderTest, elapse, playing, serverNow, slot } from './engine-under-test.ts'

let room: ReturnType<typeof createEngineUnderTest>
beforeEach(() => {
  vi.useFakeTimers()
  room = createEngineUnderTest()
})
afterEach(() => {
  room.engine.destroy()
  vi.useRealTimers()
})

await import('hls.js/light')

const isKept = () => !room.silentElement.paused
const isSounding = () => isKept() || room.elements.some(({ paused }) => !paused)

const hearASong = async () => {
  room.engine.start()
  room.follow(playing(1, 'a', serverNow() - 55_000))
  await elapse(2_500)
  expect(room.phase()).toBe('in_sync')
}

test('a room in which nothing was heard yet keeps nobody’s phone awake', async () => {
  room.engine.start()
  await elapse(1_000)
  expect(isSounding()).toBe(false)
})

test('between the end of a song and the next one something always plays', async () => {
  await hearASong()
  expect(isKept()).toBe(false)
  for (let waited = 0; waited < 20_000; waited += 50) {
    await elapse(50)
    expect(isSounding()).toBe(true)
  }
  expect(isKept()).toBe(true)
  room.follow(playing(2, 'b', serverNow() + 1_000))
  for (let waited = 0; waited < 4_000; waited += 50) {
    await elapse(50)
    expect(isSounding()).toBe(true)
  }
  expect(room.phase()).toBe('in_sync')
  expect(isKept()).toBe(false)
})

test('a pause of the DJ’s is bridged, for ten minutes', async () => {
  await hearASong()
  room.follow({ status: 'paused', rev: 2, current: slot('a', 0), positionInMs: 5_000 })
  await elapse(1_000)
  expect(isKept()).toBe(true)
  await elapse(11 * 60_000)
  expect(isSounding()).toBe(false)
})

test('whoever turns the sound off gives the focus up at once', async () => {
  await hearASong()
  room.follow({ status: 'idle', rev: 2 })
  await elapse(500)
  room.engine.stop()
  await elapse(500)
  expect(isSounding()).toBe(false)
})
