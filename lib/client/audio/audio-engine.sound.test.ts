import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { liveDistanceInMs } from '#lib/domain/live/live.ts'
import { createEngineUnderTest, elapse, playing, serverNow, slot, track } from './engine-under-test.ts'
import { FakeAudio } from './fake-audio.ts'

await import('hls.js/light')

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

async function listenTo(id: string, positionInMs = 10_000): Promise<number> {
  const startsAtInMs = serverNow() - positionInMs
  room.follow(playing(1, id, startsAtInMs))
  room.engine.start()
  await elapse(2_000)
  expect(room.phase()).toBe('in_sync')
  return startsAtInMs
}

describe('a crossfade', () => {
  /** The second track fades in over the last 8 s of the first; answers when. */
  async function crossfade(): Promise<number> {
    const startsAtInMs = await listenTo('a', 40_000)
    const fadesAtInMs = startsAtInMs + 52_000
    const next = { ...slot('b', fadesAtInMs), fadeInMs: 8_000 }
    room.follow({ status: 'playing', rev: 2, current: slot('a', startsAtInMs), next })
    return fadesAtInMs
  }
  const until = (atInMs: number) => elapse(atInMs - serverNow())
  const power = () => room.deckOf('a').volume ** 2 + room.deckOf('b').volume ** 2

  it('is as loud in its middle as before, and ends with the next track alone', async () => {
    room.engine.setVolume(0.6)
    const fadesAtInMs = await crossfade()
    await until(fadesAtInMs)
    expect(room.deckOf('a').volume).toBeCloseTo(0.6, 2)
    expect(room.deckOf('b').volume).toBeLessThan(0.02)
    for (const atInMs of [2_000, 4_000, 6_000]) {
      await until(fadesAtInMs + atInMs)
      expect(Math.sqrt(power())).toBeCloseTo(0.6, 2)
      expect(Math.abs(room.errorOf('b', fadesAtInMs))).toBeLessThan(3)
    }
    await until(fadesAtInMs + 8_100)
    expect(room.deckOf('b').volume).toBeCloseTo(0.6, 2)
    expect(room.deckOf('a').volume).toBeLessThan(0.001)
  })

  it('moves in steps that nobody hears', async () => {
    await until(await crossfade())
    const levels: number[] = []
    for (let step = 0; step < 160; step++) {
      await elapse(50)
      levels.push(room.deckOf('b').volume)
    }
    const steps = levels.slice(1).map((level, index) => level - (levels[index] ?? 0))
    expect(Math.max(...steps)).toBeLessThan(0.02)
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0)
  })
})

describe('talking over', () => {
  it('makes the music step back and return, at the announced instants', async () => {
    await listenTo('a')
    room.engine.setVolume(0.8)
    await elapse(100)
    const fromInMs = serverNow() + 1_000
    room.engine.duck({ fromInMs, untilInMs: fromInMs + 3_000, gain: 0.25 })
    await elapse(990)
    expect(room.deckOf('a').volume).toBeCloseTo(0.8)
    await elapse(300)
    expect(room.deckOf('a').volume).toBeCloseTo(0.2)
    await elapse(2_650)
    expect(room.deckOf('a').volume).toBeCloseTo(0.2)
    await elapse(400)
    expect(room.deckOf('a').volume).toBeCloseTo(0.8)
  })

  it('ends softly when it is taken back', async () => {
    await listenTo('a')
    room.engine.duck({ fromInMs: serverNow(), untilInMs: Number.POSITIVE_INFINITY, gain: 0.25 })
    await elapse(500)
    room.engine.duck(null)
    await elapse(16)
    expect(room.deckOf('a').volume).toBeLessThan(0.8)
    await elapse(50)
    expect(room.deckOf('a').volume).toBe(1)
  })
})

describe('the nudge', () => {
  it.each([5, 180, -180])('plays %d ms earlier', async (nudgeInMs) => {
    const startsAtInMs = await listenTo('a')
    room.engine.setNudgeInMs(nudgeInMs)
    await elapse(12_000)
    expect(room.errorOf('a', startsAtInMs)).toBeCloseTo(nudgeInMs, -0.5)
    expect(room.engine.getSnapshot().nudgeInMs).toBe(nudgeInMs)
    expect(room.phase()).toBe('in_sync')
  })
})

describe('the readout of a device that plays earlier', () => {
  it.each([200, -200])('goes over a cut as its sound does, %d ms earlier', async (nudgeInMs) => {
    const startsAtInMs = await listenTo('a', 40_000)
    room.engine.setNudgeInMs(nudgeInMs)
    const nextStartsAtInMs = startsAtInMs + 55_000
    const next = slot('b', nextStartsAtInMs)
    room.follow({ status: 'playing', rev: 2, current: slot('a', startsAtInMs), next })
    await elapse(nextStartsAtInMs - 1_000 - serverNow())
    const phases = new Set<string>()
    room.engine.subscribe(() => phases.add(room.phase()))
    await elapse(2_000)
    expect(phases).toEqual(new Set(['in_sync']))
    expect(room.engine.getSnapshot().itemId).toBe('item-b')
  })
})

describe('what begins to be heard', () => {
  /** The largest bend from 100 ms before an instant on, as long as a new rate takes to be heard. */
  async function worstBendFrom(atInMs: number, element: FakeAudio): Promise<number> {
    await elapse(atInMs - 100 - serverNow())
    let worst = 0
    for (let step = 0; step < 60; step++) {
      worst = Math.max(worst, Math.abs(element.playbackRate - 1))
      await elapse(5)
    }
    return worst
  }

  it.each([20, -35])(
    'is led gently when its clock jumps by %d ms just before the first note',
    async (byInMs) => {
      const startsAtInMs = serverNow() + 6_000
      room.follow(playing(1, 'a', startsAtInMs))
      room.engine.start()
      await elapse(startsAtInMs - 290 - serverNow())
      const element = room.deckOf('a')
      element.jump(byInMs)
      expect(await worstBendFrom(startsAtInMs, element)).toBeLessThanOrEqual(0.0201)
    },
  )

  it('is led gently when its clock jumps just before a loop jumps to it', async () => {
    const startsAtInMs = await listenTo('a', 20_000)
    const loop = { startInMs: 18_000, endInMs: 26_000, jumpsAtInMs: startsAtInMs + 26_000 }
    room.follow({ status: 'playing', rev: 2, current: slot('a', startsAtInMs), next: null, loop })
    await elapse(loop.jumpsAtInMs - 290 - serverNow())
    const next = room.elements.find(({ src, volume }) => src && volume < 0.001) as FakeAudio
    expect(next.paused).toBe(false)
    next.jump(-35)
    expect(await worstBendFrom(loop.jumpsAtInMs, next)).toBeLessThanOrEqual(0.0201)
  })

  it('is led gently when its clock jumps just before music resumes', async () => {
    await listenTo('a')
    room.follow({ status: 'paused', rev: 2, current: slot('a', 0), positionInMs: 12_000 })
    await elapse(500)
    const resumesAtInMs = serverNow() + 2_000
    room.follow(playing(3, 'a', resumesAtInMs - 12_000))
    await elapse(2_000 - 290)
    const element = room.deckOf('a')
    element.jump(-35)
    expect(await worstBendFrom(resumesAtInMs, element)).toBeLessThanOrEqual(0.0201)
  })
})

describe('a track that may come next', () => {
  it('is loaded on the free deck, silent, and played from there when it is its turn', async () => {
    const startsAtInMs = await listenTo('a')
    room.follow(playing(1, 'a', startsAtInMs), track('b'))
    await elapse(500)
    const standby = room.deckOf('b')
    expect(standby.paused).toBe(true)
    const skipsAtInMs = serverNow() + 500
    room.follow(playing(2, 'b', skipsAtInMs), track('c'))
    await elapse(1_000)
    expect(room.deckOf('b')).toBe(standby)
    expect(room.phase()).toBe('in_sync')
    expect(Math.abs(room.errorOf('b', skipsAtInMs))).toBeLessThan(4)
  })

  it('waits until what is heard has enough', async () => {
    const startsAtInMs = await listenTo('a')
    room.deckOf('a').durationInSeconds = 20
    room.follow(playing(1, 'a', startsAtInMs), track('b'))
    await elapse(1_000)
    expect(room.deckOf('b')).toBeUndefined()
    room.deckOf('a').durationInSeconds = 63
    await elapse(500)
    expect(room.deckOf('b')).toBeDefined()
  })

  it('gives way to another one', async () => {
    const startsAtInMs = await listenTo('a')
    room.follow(playing(1, 'a', startsAtInMs), track('b'))
    await elapse(500)
    room.follow(playing(1, 'a', startsAtInMs), track('c'))
    await elapse(500)
    expect(room.deckOf('b')).toBeUndefined()
    expect(room.deckOf('c')).toBeDefined()
  })
})

describe('a loop', () => {
  it('goes round on two decks without loading the track again', async () => {
    const startsAtInMs = await listenTo('a', 20_000)
    const loop = { startInMs: 18_000, endInMs: 26_000, jumpsAtInMs: startsAtInMs + 26_000 }
    room.follow({ status: 'playing', rev: 2, current: slot('a', startsAtInMs), next: null, loop })
    await elapse(loop.jumpsAtInMs - serverNow() + 500)
    const heard = () => room.elements.filter(({ volume }) => volume > 0.9)
    for (let pass = 1; pass <= 3; pass++) {
      expect(heard()).toHaveLength(1)
      const wantedInMs = 18_000 + (serverNow() - loop.jumpsAtInMs) - (pass - 1) * 8_000
      expect((heard()[0]?.currentTime ?? 0) * 1_000 - 3_000).toBeCloseTo(wantedInMs, -1)
      await elapse(8_000)
    }
    expect(room.elements.filter(({ src }) => src)).toHaveLength(2)
  })
})

describe('a live stream', () => {
  it('is played on a deck of its own, beside the music', async () => {
    await listenTo('a')
    const startsAtInMs = serverNow() - 5_000
    for (const element of room.elements) element.startDateInMs = startsAtInMs
    const stream = { streamId: '1', mode: 'talk', startsAtInMs, endsAtInMs: null, duckGain: 0.2 } as const
    room.engine.setLive({ stream, url: '/live/1/index.m3u8' })
    await elapse(2_000)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'in_sync', livePhase: 'in_sync' })
    const capturedAgoInMs = serverNow() - startsAtInMs - room.deckOf('1').currentTime * 1_000
    expect(capturedAgoInMs).toBeCloseTo(liveDistanceInMs, -1)
    room.engine.setLive(null)
    await elapse(500)
    expect(room.engine.getSnapshot()).toMatchObject({ phase: 'in_sync', livePhase: 'silent' })
  })
})

describe('a page that was frozen', () => {
  it('plays on by itself: its browser paused it, not the person', async () => {
    const page = new EventTarget()
    vi.stubGlobal('document', page)
    room.engine.destroy()
    room = createEngineUnderTest()
    const startsAtInMs = await listenTo('a')
    const deck = room.deckOf('a')
    deck.paused = true
    page.dispatchEvent(new Event('resume'))
    // What happened at the freeze is told late, when the page runs again.
    deck.dispatchEvent(new Event('pause'))
    await elapse(8_000)
    expect(room.engine.getSnapshot()).toMatchObject({ isListening: true, phase: 'in_sync' })
    expect(Math.abs(room.errorOf('a', startsAtInMs))).toBeLessThan(8)
  })
})

describe('the output device', () => {
  function plugIn(...ids: string[]) {
    const devices = new EventTarget()
    const present = new Set(ids)
    const enumerateDevices = async () =>
      [...present].map((deviceId) => ({ kind: 'audiooutput', deviceId, label: deviceId }))
    vi.stubGlobal('HTMLMediaElement', FakeAudio)
    vi.stubGlobal('navigator', { mediaDevices: Object.assign(devices, { enumerateDevices }) })
    room.engine.destroy()
    room = createEngineUnderTest()
    for (const element of room.elements) element.sinkIds = ['', ...ids]
    return {
      unplug(id: string) {
        present.delete(id)
        devices.dispatchEvent(new Event('devicechange'))
      },
    }
  }
  const sinks = () => new Set(room.elements.map(({ sinkId }) => sinkId))

  it('is chosen for all decks, and is in sync again', async () => {
    plugIn('headphones')
    await listenTo('a')
    expect(await room.engine.setOutputDevice('headphones')).toBe('ok')
    expect(sinks()).toEqual(new Set(['headphones']))
    await elapse(1_500)
    expect(room.engine.getSnapshot()).toMatchObject({ outputDeviceId: 'headphones', phase: 'in_sync' })
  })

  it('stays what it was when there is no such device, or the browser knows none', async () => {
    plugIn('headphones')
    expect(await room.engine.setOutputDevice('loudspeaker')).toBe('not_found')
    expect(sinks()).toEqual(new Set(['']))
    vi.unstubAllGlobals()
    expect(await room.engine.setOutputDevice('headphones')).toBe('unsupported')
  })

  it('falls back to the system’s default when it disappears, and the music goes on', async () => {
    const { unplug } = plugIn('headphones', 'dock')
    await listenTo('a')
    await room.engine.setOutputDevice('headphones')
    unplug('dock')
    await elapse(100)
    expect(room.engine.getSnapshot()).toMatchObject({ outputDeviceId: 'headphones', deviceChanges: 1 })
    unplug('headphones')
    await elapse(2_000)
    expect(room.engine.getSnapshot()).toMatchObject({
      outputDeviceId: '',
      deviceChanges: 2,
      phase: 'in_sync',
    })
    expect(sinks()).toEqual(new Set(['']))
  })
})
