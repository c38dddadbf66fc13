import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEngineUnderTest, elapse, playing, serverNow, slot } from './engine-under-test.ts'

let room: ReturnType<typeof createEngineUnderTest>
beforeEach(() => {
  vi.useFakeTimers()
  room = createEngineUnderTest()
})
afterEach(() => {
  room.engine.destroy()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

// The module of hls.js is loaded before time is simulated, so that loading takes none.
await import('hls.js/light')

describe('createAudioEngine', () => {
  it('is silent when nothing plays', async () => {
    room.engine.start()
    await elapse(1_000)
    expect(room.phase()).toBe('silent')
  })

  it('makes no sound before somebody wants to listen', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    await elapse(3_000)
    expect(room.phase()).toBe('silent')
    expect(room.deckOf('a').paused).toBe(true)
  })

  it('joins late at the right position, unheard until it is in sync', async () => {
    const startsAtInMs = serverNow() - 10_000
    room.follow(playing(1, 'a', startsAtInMs))
    room.engine.start()
    await elapse(100)
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
    await elapse(1_900)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
    expect(room.deckOf('a').volume).toBe(1)
    expect(room.engine.getSnapshot().positionInMs).toBeGreaterThan(11_000)
  })

  it('runs the silent pre-roll of a start that is announced, so that the first note is in sync', async () => {
    const startsAtInMs = serverNow() + 6_000
    room.follow(playing(1, 'a', startsAtInMs))
    room.engine.start()
    await elapse(2_500)
    expect(room.deckOf('a').paused).toBe(true)
    await elapse(3_500)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(4)
    expect(room.deckOf('a').volume).toBe(1)
  })

  it('asks for a gesture when the browser refuses, and plays after it', async () => {
    for (const element of room.elements) element.refusesToPlay = true
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(500)
    expect(room.phase()).toBe('needs_gesture')
    for (const element of room.elements) element.refusesToPlay = false
    room.engine.start()
    await elapse(2_000)
    expect(room.phase()).toBe('in_sync')
  })

  it('waits for the clock', async () => {
    room.world.isClockKnown = false
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(500)
    expect(room.elements.every(({ paused }) => paused)).toBe(true)
    room.world.isClockKnown = true
    await elapse(2_000)
    expect(room.phase()).toBe('in_sync')
  })

  it('is not heard after a sleep until the clock is found again, and then at the right place', async () => {
    const startsAtInMs = serverNow() - 10_000
    room.follow(playing(1, 'a', startsAtInMs))
    room.engine.start()
    await elapse(2_000)
    expect(room.phase()).toBe('in_sync')
    Object.assign(room.world, { isClockKnown: false, sleptForInMs: 20_000 })
    await elapse(300)
    expect(room.engine.getSnapshot()).toMatchObject({
      phase: 'acquiring',
      itemId: 'item-a',
      offsetInMs: null,
    })
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
    await elapse(5_000)
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
    room.world.isClockKnown = true
    await elapse(1_500)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
    expect(room.deckOf('a').volume).toBe(1)
  })

  it('can be turned off while the clock is unknown', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_000)
    room.world.isClockKnown = false
    room.engine.stop()
    await elapse(300)
    expect(room.phase()).toBe('silent')
    expect(room.deckOf('a').paused).toBe(true)
  })

  it('pauses, and resumes without repeating the last moments', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_000)
    room.follow({ status: 'paused', rev: 2, current: slot('a', 0), positionInMs: 12_000 })
    await elapse(500)
    expect(room.phase()).toBe('silent')
    expect(room.deckOf('a').paused).toBe(true)
    expect(room.deckOf('a').currentTime).toBeCloseTo(15, 2)

    const resumesAtInMs = serverNow() + 1_000
    room.follow(playing(3, 'a', resumesAtInMs - 12_000))
    await elapse(950)
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
    await elapse(200)
    expect(room.deckOf('a').volume).toBe(1)
    expect(Math.abs(room.errorOf('a', resumesAtInMs - 12_000))).toBeLessThan(8)
  })

  it('follows a seek', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_000)
    const startsAtInMs = serverNow() - 40_000
    room.follow(playing(2, 'a', startsAtInMs))
    await elapse(100)
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
    await elapse(1_500)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('changes to the committed next track at its time, without a message', async () => {
    const startsAtInMs = serverNow() - 40_000
    const nextStartsAtInMs = startsAtInMs + 60_000
    room.follow({
      status: 'playing',
      rev: 1,
      current: slot('a', startsAtInMs),
      next: slot('b', nextStartsAtInMs),
    })
    room.engine.start()
    await elapse(1_000)
    expect(room.deckOf('b').paused).toBe(true)
    await elapse(18_950)
    expect(room.deckOf('a').volume).toBe(1)
    expect(Math.abs(room.errorOf('b', nextStartsAtInMs))).toBeLessThan(4)
    await elapse(100)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'in_sync', itemId: 'item-b' })
    expect(room.deckOf('b').volume).toBe(1)
    await elapse(5_000)
    expect(room.elements.filter(({ src }) => src)).toHaveLength(1)
  })

  it('drops a track that is skipped', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_000)
    const startsAtInMs = serverNow() + 1_000
    room.follow(playing(2, 'b', startsAtInMs))
    await elapse(100)
    expect(room.deckOf('a').paused).toBe(true)
    await elapse(2_000)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'in_sync', itemId: 'item-b' })
    expect(Math.abs(room.errorOf('b', startsAtInMs))).toBeLessThan(8)
    await elapse(3_000)
    expect(room.deckOf('a')).toBeUndefined()
  })

  it('rejoins in sync after a stall', async () => {
    const startsAtInMs = serverNow() - 10_000
    room.follow(playing(1, 'a', startsAtInMs))
    room.engine.start()
    await elapse(2_000)
    room.deckOf('a').isStarved = true
    await elapse(30_000)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'stalled', stalls: 1 })
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
    room.deckOf('a').isStarved = false
    room.changeNetwork()
    await elapse(1_000)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('loads again what could not be loaded, once the network is there again', async () => {
    vi.stubGlobal('MediaError', { MEDIA_ERR_DECODE: 3 })
    const startsAtInMs = serverNow() - 10_000
    room.follow(playing(1, 'a', startsAtInMs))
    room.engine.start()
    await elapse(2_000)
    room.deckOf('a').break(2)
    await elapse(300)
    expect(room.phase()).toBe('failed')
    room.changeNetwork()
    await elapse(2_000)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'in_sync', errorCode: null })
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('takes a pause from outside as this listener’s wish', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_000)
    room.deckOf('a').pause()
    await elapse(500)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'silent', isListening: false })
    expect(room.deckOf('a').paused).toBe(true)
  })

  it('turns the sound off and on again', async () => {
    const startsAtInMs = serverNow() - 10_000
    room.follow(playing(1, 'a', startsAtInMs))
    room.engine.start()
    await elapse(2_000)
    room.engine.stop()
    await elapse(300)
    expect(room.deckOf('a').paused).toBe(true)
    room.engine.start()
    await elapse(2_000)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
  })

  it('plays at the volume that was set', async () => {
    room.engine.setVolume(0.3)
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_500)
    expect(room.deckOf('a').volume).toBeCloseTo(0.3)
  })

  it('is silent after the end of the last track', async () => {
    room.follow(playing(1, 'a', serverNow() - 58_000))
    room.engine.start()
    await elapse(4_000)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'silent', itemId: null })
    expect(room.elements.every(({ paused }) => paused)).toBe(true)
  })

  it('lets go of everything when destroyed', async () => {
    room.follow(playing(1, 'a', serverNow() - 10_000))
    room.engine.start()
    await elapse(2_000)
    room.engine.destroy()
    expect(room.elements.every(({ paused, src }) => paused && !src)).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
