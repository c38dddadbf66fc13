import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ana, bruno, createFakeSession, sessionId, testId } from '#lib/client/session/testing/fake-session.ts'
import type { CatchUp, Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { FakeReader } from './testing/fake-reader.ts'
import { openFakeHub, readFakeLog } from './testing/open-fake-hub.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A session whose every word goes upstream at once, a hub, and Ana who listens with everything settled. */
async function setUp() {
  const told: Envelope[] = []
  let isLost = false
  const server = createFakeSession((envelope) => {
    told.push(envelope)
    if (!isLost) house.upstream.deliver(envelope)
  })
  const house = openFakeHub(server)
  const here = await house.join(ana)
  await vi.advanceTimersByTimeAsync(1_000)
  here.reader.frames.length = 0
  /** What happens meanwhile never reaches this hub, and nobody notices. */
  const lose = (happen: () => void): void => {
    isLost = true
    happen()
    isLost = false
  }
  return { server, told, lose, ...house, ...here }
}

const chat = (text: string) => [expect.objectContaining({ payload: expect.objectContaining({ text }) })]

describe('opening', () => {
  it('tells the newest number, the whole state and who is here, and no events without a cursor', async () => {
    const server = createFakeSession(() => {})
    server.chat(bruno, 'before')
    const { join, counts } = openFakeHub(server)
    const { reader } = await join(ana)
    const { playback, tallies, dj } = server.rows
    expect(reader.frames).toEqual([
      {
        v: 1,
        sid: sessionId,
        epoch: server.rows.epoch,
        from: 1,
        to: 1,
        items: [],
        state: { playback, tallies, dj },
        presence: { count: 1, userIds: [ana] },
        sentAt: Date.now(),
      },
    ])
    expect(counts).toMatchObject({ 'readers sse': 1 })
    expect(counts.resumed).toBeUndefined()
  })

  it('brings what follows on a cursor', async () => {
    const server = createFakeSession(() => {})
    for (const text of ['one', 'two', 'three']) server.chat(bruno, text)
    const { join, counts } = openFakeHub(server)
    const { reader } = await join(ana, 1)
    expect(reader.frames[0]).toMatchObject({ from: 1, to: 3 })
    expect(reader.seqs).toEqual([2, 3])
    expect(counts.resumed).toBe(1)
  })

  it.each([
    ['too old', 10],
    ['from the future', 999],
  ])('brings no events for a cursor %s', async (_, after) => {
    const server = createFakeSession(() => {})
    for (let n = 0; n < 300; n++) server.chat(bruno, `${n}`)
    const { join } = openFakeHub(server)
    const { reader } = await join(ana, after)
    expect(reader.frames[0]).toMatchObject({ from: 300, to: 300, items: [] })
  })

  it('shares what it encoded for one cursor until there is more to say', async () => {
    const { server, join } = await setUp()
    const [one, two] = [await join(testId('more', 1), 0), await join(testId('more', 2), 0)]
    expect(one.reader.frames[0]).toBe(two.reader.frames[0])
    server.chat(bruno, 'one')
    await vi.advanceTimersByTimeAsync(1)
    expect((await join(testId('more', 3), 0)).reader.seqs).toEqual([1])
  })

  it('refuses a session that does not exist', async () => {
    const { join, log } = openFakeHub(createFakeSession(() => {}))
    log.read = () => Promise.reject(new CodedError('not_found'))
    await expect(join(ana)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('gives up where the log cannot be read, and works as soon as it can', async () => {
    const server = createFakeSession(() => {})
    const { join, log, counts } = openFakeHub(server)
    log.read = () => Promise.reject(new CodedError('unavailable'))
    const attempt = expect(join(ana)).rejects.toMatchObject({ code: 'unavailable' })
    await vi.advanceTimersByTimeAsync(5_000)
    await attempt
    expect(counts.logFailed).toBeGreaterThan(2)
    log.read = async (after) => readFakeLog(server, after)
    const second = join(ana)
    await vi.advanceTimersByTimeAsync(10_000)
    expect((await second).reader.frames).not.toEqual([])
  })

  it('replaces the oldest of too many streams of one person', async () => {
    const { server, join, reader, counts } = await setUp()
    const more = [reader]
    for (let n = 0; n < 5; n++) more.push((await join(ana)).reader)
    expect(more.map(({ byes }) => byes.length)).toEqual([0, 0, 0, 0, 0, 0])
    more.push((await join(ana)).reader)
    expect(reader.byes).toEqual([{ reason: 'replaced', retryInMs: 60_000 }])
    expect(more.map(({ byes }) => byes.length)).toEqual([1, 0, 0, 0, 0, 0, 0])
    expect(counts['readers sse']).toBe(6)
    server.ban(ana)
    expect(more.map(({ byes }) => byes.length)).toEqual([1, 1, 1, 1, 1, 1, 1])
  })
})

describe('telling', () => {
  it('begins where it began to listen, not where the log begins', async () => {
    const server = createFakeSession((envelope) => house.upstream.deliver(envelope))
    const house = openFakeHub(server)
    server.chat(bruno, 'before')
    const { reader } = await house.join(ana)
    server.chat(bruno, 'after')
    await vi.advanceTimersByTimeAsync(1)
    expect(reader.frames[1]).toMatchObject({ from: 1, to: 2, items: chat('after') })
  })

  it('tells an event at once, whether it came from here, from upstream or from both', async () => {
    const { server, told, hub, reader } = await setUp()
    server.chat(bruno, 'hello')
    hub.feed(told[0] as Envelope)
    await vi.advanceTimersByTimeAsync(0)
    expect(reader.frames).toEqual([expect.objectContaining({ from: 0, to: 1, items: chat('hello') })])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(reader.frames).toHaveLength(1)
  })

  it('makes one frame of what happens while the last one is hardly out', async () => {
    const { server, reader } = await setUp()
    server.chat(bruno, 'one')
    await vi.advanceTimersByTimeAsync(0)
    for (const text of ['two', 'three']) {
      server.chat(bruno, text)
      await vi.advanceTimersByTimeAsync(5)
    }
    await vi.advanceTimersByTimeAsync(20)
    expect(reader.frames.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 3],
    ])
  })

  it('sends of the state the latest only, of reactions the sum, and lets both wait for company', async () => {
    const { server, upstream, told, join, reader } = await setUp()
    for (let n = 0; n < 99; n++) await join(testId('more', n))
    await vi.advanceTimersByTimeAsync(5_000)
    reader.frames.length = 0
    const item = server.add(bruno)
    await vi.advanceTimersByTimeAsync(100)
    reader.frames.length = 0
    const plain = { ...(told.at(-1) as Envelope), from: 1, items: [] }
    server.vote(ana, item, true)
    server.vote(bruno, item, true)
    upstream.deliver({ ...plain, reactions: { '🔥': 2 } })
    upstream.deliver({ ...plain, reactions: { '🔥': 3, '🎉': 1 } })
    await vi.advanceTimersByTimeAsync(5)
    expect(reader.frames).toEqual([])
    await vi.advanceTimersByTimeAsync(5)
    expect(reader.frames).toEqual([
      expect.objectContaining({ from: 1, to: 1, items: [], reactions: { '🔥': 5, '🎉': 1 } }),
    ])
    expect(reader.frames[0]?.state).toEqual({ tallies: server.rows.tallies })
    server.vote(bruno, item, false)
    server.chat(bruno, 'company')
    await vi.advanceTimersByTimeAsync(20)
    expect(reader.frames).toHaveLength(2)
    expect(reader.frames[1]).toMatchObject({
      items: chat('company'),
      state: { tallies: server.rows.tallies },
    })
  })

  it('never tells an older state after a newer one', async () => {
    const { server, told, upstream, reader } = await setUp()
    server.heartbeat()
    server.heartbeat()
    for (const envelope of [...told].reverse()) upstream.deliver(envelope)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reader.frames.map(({ state }) => state?.dj?.rev)).toEqual([server.rows.dj.rev])
  })

  it('passes on how many members a large room has, whenever that is another number', async () => {
    const { server, reader } = await setUp()
    server.grow(5_000)
    for (let beat = 0; beat < 2; beat++) {
      server.heartbeat()
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(reader.frames.map(({ state }) => state?.memberCount)).toEqual([5_002, undefined])
    server.grow(1)
    server.ping()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reader.frames.at(-1)?.state).toEqual({ memberCount: 5_003 })
  })

  it('passes on what the tips come to, whenever that is something else', async () => {
    const { server, reader } = await setUp()
    const figures = (raised: number) => ({ currency: 'eur', raised, top: [] })
    server.rows.tipFigures = figures(500)
    for (let beat = 0; beat < 2; beat++) {
      server.heartbeat()
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(reader.frames.map(({ state }) => state?.tipFigures)).toEqual([figures(500), undefined])
    // After a refund it is less.
    server.rows.tipFigures = figures(300)
    server.ping()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reader.frames.at(-1)?.state).toEqual({ tipFigures: figures(300) })
  })

  it('learns how many there are in a lively room without a DJ too, within two minutes or so', async () => {
    const { server, reader } = await setUp()
    server.grow(5_000)
    for (let second = 0; second < 130; second += 5) {
      server.chat(bruno, `${second}`)
      await vi.advanceTimersByTimeAsync(5_000)
    }
    expect(reader.frames.map(({ state }) => state?.memberCount)).toContain(5_002)
  })

  it('does not count reactions that are fed: they come again from upstream', async () => {
    const { hub, upstream, server, reader } = await setUp()
    const { epoch, seq } = server.rows
    const react: Envelope = {
      v: 1,
      sid: sessionId,
      epoch,
      from: seq,
      to: seq,
      items: [],
      reactions: { '🔥': 1 },
      sentAt: 0,
    }
    hub.feed(react)
    upstream.deliver(react)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reader.frames.map(({ reactions }) => reactions)).toEqual([{ '🔥': 1 }])
  })

  it('breaks a silence with the newest number and the whole state', async () => {
    const { server, reader, counts } = await setUp()
    await vi.advanceTimersByTimeAsync(40_000)
    expect(reader.frames).toHaveLength(2)
    const { playback, tallies, dj } = server.rows
    expect(reader.frames[0]).toMatchObject({ from: 0, to: 0, items: [], state: { playback, tallies, dj } })
    expect(counts.gapFilled).toBeUndefined()
  })

  it('answers others between the slices of a large room, and tells nobody twice or never who comes meanwhile', async () => {
    const { server, upstream, join, log } = await setUp()
    const readers: FakeReader[] = []
    for (let n = 0; n < 1_200; n++) readers.push((await join(testId('many', n))).reader)
    await vi.advanceTimersByTimeAsync(10_000)
    for (const reader of readers) reader.frames.length = 0
    server.chat(bruno, 'one')
    await vi.advanceTimersToNextTimerAsync()
    const told = () => readers.filter(({ seqs }) => seqs.includes(1)).length
    expect(told()).toBeGreaterThan(0)
    expect(told()).toBeLessThan(1_200)
    const { reader: late } = await join(bruno, 0)
    expect(late.seqs).toEqual([1])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(told()).toBe(1_200)
    expect(late.seqs).toEqual([1])
    expect([upstream.isFollowed(), log.reads]).toEqual([true, 2])
  })
})

describe('gaps', () => {
  it('fills a hole from the log, and holds back what lies behind it until then', async () => {
    const { server, lose, reader, counts } = await setUp()
    lose(() => server.chat(bruno, 'lost'))
    server.chat(bruno, 'heard')
    await vi.advanceTimersByTimeAsync(10)
    expect(reader.seqs).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(reader.frames).toEqual([expect.objectContaining({ from: 0, to: 2 })])
    expect(reader.seqs).toEqual([1, 2])
    expect(counts.gapFilled).toBe(2)
  })

  it('finds the last word too, where nothing follows that would show the hole', async () => {
    const { server, lose, reader } = await setUp()
    lose(() => server.chat(bruno, 'lost'))
    await vi.advanceTimersByTimeAsync(17_000)
    expect(reader.seqs).toEqual([1])
  })

  it('hears of a lost event by the next state', async () => {
    const { server, lose, reader } = await setUp()
    lose(() => server.chat(bruno, 'lost'))
    server.heartbeat()
    await vi.advanceTimersByTimeAsync(200)
    expect(reader.seqs).toEqual([1])
  })

  it('waits a moment for what was only overtaken', async () => {
    const { server, told, hub, upstream, reader, counts } = await setUp()
    upstream.cut()
    server.chat(bruno, 'one')
    server.chat(bruno, 'two')
    hub.feed(told[1] as Envelope)
    await vi.advanceTimersByTimeAsync(10)
    expect(reader.frames).toEqual([])
    hub.feed(told[0] as Envelope)
    await vi.advanceTimersByTimeAsync(0)
    expect(reader.seqs).toEqual([1, 2])
    expect(counts.gapFilled).toBeUndefined()
  })

  it('follows the log without an upstream, and says so', async () => {
    const { server, upstream, reader, counts } = await setUp()
    expect(counts).toMatchObject({ 'upstreams open': 1, 'upstreams down': 0 })
    upstream.cut()
    expect(counts).toMatchObject({ 'upstreams open': 0, 'upstreams down': 1 })
    server.chat(bruno, 'one')
    await vi.advanceTimersByTimeAsync(2_500)
    expect(reader.seqs).toEqual([1])
    server.chat(bruno, 'two')
    upstream.mend()
    await vi.advanceTimersByTimeAsync(100)
    expect(reader.seqs).toEqual([1, 2])
    expect(counts).toMatchObject({ 'upstreams open': 1, 'upstreams down': 0, gapFilled: 2 })
  })

  it('asks the log again and again until it answers', async () => {
    const { server, told, log, upstream, hub, reader, counts } = await setUp()
    log.read = () => Promise.reject(new CodedError('unavailable'))
    upstream.cut()
    server.chat(bruno, 'one')
    server.chat(bruno, 'two')
    hub.feed(told[1] as Envelope)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(reader.seqs).toEqual([])
    expect(counts.logFailed).toBeGreaterThan(2)
    log.read = async (after) => readFakeLog(server, after)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.seqs).toEqual([1, 2])
  })

  it('does not ask for ever for what was announced and does not exist', async () => {
    const { server, upstream, reader, log } = await setUp()
    const { epoch } = server.rows
    const reads = log.reads
    upstream.deliver({ v: 1, sid: sessionId, epoch, from: 7, to: 7, items: [], sentAt: 0 })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(log.reads - reads).toBe(1)
    server.chat(bruno, 'real')
    await vi.advanceTimersByTimeAsync(0)
    expect(reader.seqs).toEqual([1])
  })

  it('tells another epoch, and lets all show anew that they may listen', async () => {
    const { server, reader } = await setUp()
    server.chat(bruno, 'old')
    await vi.advanceTimersByTimeAsync(100)
    server.restart()
    server.chat(bruno, 'new')
    await vi.advanceTimersByTimeAsync(100)
    expect(reader.frames.at(-1)).toMatchObject({ epoch: server.rows.epoch, to: 4, items: [] })
    expect(reader.frames.at(-1)?.state?.playback).toEqual(server.rows.playback)
    await vi.advanceTimersByTimeAsync(61_000)
    expect(reader.renewals).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reader.byes).toEqual([expect.objectContaining({ reason: 'expired' })])
  })

  it('asks again where the log began anew while it was being read', async () => {
    const { server, log, upstream, reader } = await setUp()
    const answer = Promise.withResolvers<CatchUp>()
    const old = readFakeLog(server, null)
    log.read = () => answer.promise
    const { epoch } = server.rows
    upstream.deliver({ v: 1, sid: sessionId, epoch: testId('else', 1), from: 0, to: 0, items: [], sentAt: 0 })
    await vi.advanceTimersByTimeAsync(100)
    server.restart()
    server.chat(bruno, 'new')
    log.read = async (after) => readFakeLog(server, after)
    answer.resolve(old)
    await vi.advanceTimersByTimeAsync(100)
    expect(server.rows.epoch).not.toBe(epoch)
    expect(reader.frames.at(-1)).toMatchObject({ epoch: server.rows.epoch, to: 4 })
  })

  it('does not go back to an answer that was overtaken on its way', async () => {
    const { server, log, upstream, reader } = await setUp()
    server.chat(bruno, 'one')
    const answer = Promise.withResolvers<CatchUp>()
    const old = readFakeLog(server, null)
    log.read = () => answer.promise
    upstream.deliver({ v: 1, sid: sessionId, epoch: testId('else', 1), from: 0, to: 0, items: [], sentAt: 0 })
    server.chat(bruno, 'two')
    await vi.advanceTimersByTimeAsync(100)
    answer.resolve(old)
    await vi.advanceTimersByTimeAsync(100)
    server.chat(bruno, 'three')
    await vi.advanceTimersByTimeAsync(100)
    expect(reader.seqs).toEqual([1, 2, 3])
    expect(reader.frames.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 3],
    ])
  })

  it('believes the database, not a straggler of a log that is over', async () => {
    const { server, told, upstream, reader } = await setUp()
    server.chat(bruno, 'old')
    server.restart()
    server.chat(bruno, 'new')
    await vi.advanceTimersByTimeAsync(100)
    reader.frames.length = 0
    upstream.deliver(told[0] as Envelope)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reader.frames).toEqual([])
    server.chat(bruno, 'newer')
    await vi.advanceTimersByTimeAsync(0)
    expect(reader.seqs).toEqual([5])
  })
})

describe('slow readers', () => {
  it('passes over who is full, and brings it up to date with one frame', async () => {
    const { server, reader, drained, counts, join } = await setUp()
    const { reader: quick } = await join(bruno)
    reader.hasRoom = false
    for (const text of ['one', 'two', 'three']) {
      server.chat(bruno, text)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(quick.seqs).toEqual([1, 2, 3])
    expect(reader.seqs).toEqual([1])
    expect(counts.skipped).toBe(2)
    reader.hasRoom = true
    const before = reader.frames.length
    drained()
    expect(reader.frames).toHaveLength(before + 1)
    expect(reader.frames.at(-1)).toMatchObject({ from: 1, to: 3 })
    drained()
    expect(reader.frames).toHaveLength(before + 1)
    server.chat(bruno, 'four')
    await vi.advanceTimersByTimeAsync(100)
    expect(reader.seqs).toEqual([1, 2, 3, 4])
  })

  it('brings the state alone to who is further behind than the ring', async () => {
    const { server, reader, drained } = await setUp()
    reader.hasRoom = false
    for (let n = 0; n < 1_200; n++) {
      server.chat(bruno, `${n}`)
      if (n % 10 === 0) await vi.advanceTimersByTimeAsync(25)
    }
    reader.hasRoom = true
    reader.frames.length = 0
    drained()
    expect(reader.frames).toEqual([expect.objectContaining({ from: 1_200, to: 1_200, items: [] })])
    expect(reader.frames[0]?.state?.playback).toBeDefined()
  })

  it('drops who stays full', async () => {
    const { server, reader, counts } = await setUp()
    reader.hasRoom = false
    server.chat(bruno, 'one')
    await vi.advanceTimersByTimeAsync(19_000)
    expect(reader.byes).toEqual([])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(reader.byes).toEqual([{ reason: 'too_slow', retryInMs: 2_500 }])
    expect(counts).toMatchObject({ 'readers sse': 0, 'dropped too_slow': 1 })
    const { length } = reader.frames
    server.chat(bruno, 'two')
    await vi.advanceTimersByTimeAsync(100)
    expect(reader.frames).toHaveLength(length)
  })
})

describe('who may listen', () => {
  it('closes all streams of who is banned at once, also behind a hole, and nobody else’s', async () => {
    const { server, told, upstream, hub, join, reader } = await setUp()
    const banned = [(await join(bruno)).reader, (await join(bruno)).reader]
    upstream.cut()
    server.chat(ana, 'not heard of yet')
    server.ban(bruno)
    hub.feed(told[1] as Envelope)
    for (const { byes } of banned) expect(byes).toEqual([{ reason: 'banned', retryInMs: null }])
    expect(reader.byes).toEqual([])
  })

  it('closes them too where the log tells of the ban', async () => {
    const { server, upstream, reader } = await setUp()
    upstream.cut()
    server.ban(ana)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(reader.byes).toEqual([{ reason: 'banned', retryInMs: null }])
  })

  it('turns away who was let in a moment before the ban', async () => {
    const { server, join } = await setUp()
    server.ban(bruno)
    const { reader } = await join(bruno)
    expect([reader.frames, reader.byes]).toEqual([[], [{ reason: 'banned', retryInMs: null }]])
    await vi.advanceTimersByTimeAsync(12_000)
    // Unbanned and back: whoever opens the stream has asked the database.
    expect((await join(bruno)).reader.byes).toEqual([])
  })

  it('turns away who was banned while the log was being read for the first time', async () => {
    const server = createFakeSession((envelope) => hub.feed(envelope))
    const { hub, join, log, upstream } = openFakeHub(server)
    const answer = Promise.withResolvers<CatchUp>()
    const old = readFakeLog(server, null)
    log.read = () => answer.promise
    const joining = join(bruno)
    await vi.advanceTimersByTimeAsync(10)
    server.ban(bruno)
    log.read = async (after) => readFakeLog(server, after)
    answer.resolve(old)
    expect((await joining).reader.byes).toEqual([{ reason: 'banned', retryInMs: null }])
    expect(upstream.movedTo).toContain(1)
  })

  it('goes where the room went by what it reads at first, and lets in who is a member again', async () => {
    const server = createFakeSession(() => {})
    server.ban(bruno)
    await vi.advanceTimersByTimeAsync(60_000)
    const { join, upstream } = openFakeHub(server)
    const { reader } = await join(bruno)
    expect([upstream.movedTo, reader.byes]).toEqual([[1], []])
  })

  it('closes them where the log went on too far to say how, and its end tells of the ban', async () => {
    const { server, lose, log, reader } = await setUp()
    lose(() => {
      for (let n = 0; n < 250; n++) server.chat(bruno, `${n}`)
      server.ban(ana)
    })
    log.read = async (after) =>
      after === null ? readFakeLog(server, null) : { epoch: server.rows.epoch, reset: true }
    await vi.advanceTimersByTimeAsync(17_000)
    expect(reader.byes).toEqual([{ reason: 'banned', retryInMs: null }])
  })

  it('says when a token is about to end, once, and goodbye when it has', async () => {
    const { open } = await setUp()
    const { reader } = await open(new FakeReader(bruno, 'sse', Date.now() + 600_000))
    await vi.advanceTimersByTimeAsync(500_000)
    expect(reader.renewals).toBe(0)
    await vi.advanceTimersByTimeAsync(50_000)
    expect([reader.renewals, reader.byes]).toEqual([1, []])
    await vi.advanceTimersByTimeAsync(51_000)
    expect([reader.renewals, reader.byes]).toEqual([1, [{ reason: 'expired', retryInMs: 500 }]])
  })
})

describe('presence', () => {
  it('counts everybody once, wherever they read', async () => {
    const { upstream, reader, join } = await setUp()
    const [carla, dario, eva] = [testId('carl', 1), testId('dari', 1), testId('eva', 1)]
    await join(bruno)
    upstream.present([
      { userId: ana },
      { userId: carla },
      { instance: 'this hub', userIds: [ana], count: 900 },
      { instance: 'other hub', userIds: [bruno, dario, eva], count: 5 },
    ])
    await vi.advanceTimersByTimeAsync(1_000)
    const { presence } = reader.frames.at(-1) ?? {}
    expect(presence?.count).toBe(7)
    expect(new Set(presence?.userIds)).toEqual(new Set([ana, bruno, carla, dario, eva]))
  })

  it('leaves out who is silent, by whatever way they came, and closes what they had open', async () => {
    const { hub, upstream, reader, open } = await setUp()
    const [carla, dario] = [testId('carl', 1), testId('dari', 1)]
    const poller = await open(new FakeReader(bruno, 'long_poll'))
    const stream = await open(new FakeReader(carla))
    upstream.present([{ userId: dario }, { instance: 'other hub', userIds: [carla], count: 3 }])
    const told = () => reader.frames.findLast(({ presence }) => presence)?.presence
    await vi.advanceTimersByTimeAsync(15_000)
    expect(told()?.count).toBe(6)
    hub.takeForSilent(sessionId, [bruno, carla, dario])
    await vi.advanceTimersByTimeAsync(1_000)
    // Two of the other hub's readers are nobody's business here.
    expect(told()).toEqual({ count: 3, userIds: [ana] })
    for (const gone of [poller.reader, stream.reader]) {
      expect(gone.byes).toEqual([{ reason: 'silent', retryInMs: 500 }])
    }
    hub.takeForSilent(sessionId, [])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(told()).toMatchObject({ count: 5, userIds: { length: 3 } })
  })

  it('counts somebody silent who has just come back', async () => {
    const { hub, reader, join } = await setUp()
    const back = await join(bruno)
    hub.takeForSilent(sessionId, [bruno])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reader.frames.at(-1)?.presence?.count).toBe(2)
    expect(back.reader.byes).toEqual([])
  })

  it('tells the other hubs who reads here', async () => {
    const { upstream, join } = await setUp()
    expect(upstream.tracked).toEqual([{ instance: 'this hub', count: 1, userIds: [ana] }])
    await join(bruno)
    await vi.advanceTimersByTimeAsync(7_000)
    expect(upstream.tracked.at(-1)).toEqual({ instance: 'this hub', count: 2, userIds: [ana, bruno] })
  })

  it('does not tell them more often than Realtime bears', async () => {
    const { upstream, join } = await setUp()
    for (let n = 0; n < 300; n++) {
      await join(testId('more', n))
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(upstream.tracked.length).toBeLessThanOrEqual(5)
  })

  it('names a few of many', async () => {
    const { upstream, join, reader } = await setUp()
    for (let n = 0; n < 250; n++) await join(testId('many', n))
    await vi.advanceTimersByTimeAsync(7_000)
    expect(reader.frames.at(-1)?.presence).toMatchObject({ count: 251, userIds: { length: 20 } })
    expect(upstream.tracked.at(-1)).toMatchObject({ count: 251, userIds: { length: 200 } })
  })

  it('says nothing of a poller between two polls, and forgets one who stays away', async () => {
    const { open, reader } = await setUp()
    const first = await open(new FakeReader(bruno, 'long_poll'))
    await vi.advanceTimersByTimeAsync(1_000)
    reader.frames.length = 0
    first.close()
    await vi.advanceTimersByTimeAsync(5_000)
    const second = await open(new FakeReader(bruno, 'long_poll'))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(reader.frames).toEqual([])
    second.close()
    await vi.advanceTimersByTimeAsync(12_000)
    expect(reader.frames.map(({ presence }) => presence)).toContainEqual({ count: 1, userIds: [ana] })
  })

  it('forgets the others half a minute after it lost touch with them', async () => {
    const { upstream, reader } = await setUp()
    upstream.present([{ userId: bruno }])
    await vi.advanceTimersByTimeAsync(1_000)
    upstream.cut()
    await vi.advanceTimersByTimeAsync(29_000)
    const counts = () => reader.frames.flatMap(({ presence }) => presence?.count ?? [])
    expect(counts()).toEqual([2])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(counts()).toEqual([2, 1])
  })

  it('says every two minutes who listens', async () => {
    const { touched, join } = await setUp()
    await join(bruno)
    await vi.advanceTimersByTimeAsync(125_000)
    expect(touched).toEqual([[ana, bruno]])
  })
})

describe('ending', () => {
  it('leaves a session that nobody reads any more, and follows it anew when somebody does', async () => {
    const { upstream, close, join, counts } = await setUp()
    close()
    await vi.advanceTimersByTimeAsync(29_000)
    expect(upstream.isFollowed()).toBe(true)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(upstream.isFollowed()).toBe(false)
    expect(counts).toMatchObject({ 'upstreams open': 0, 'upstreams down': 0 })
    expect((await join(ana)).reader.frames).toHaveLength(1)
    expect(upstream.opened()).toBe(2)
  })

  it('keeps nobody waiting who was still at the door', async () => {
    const { hub, join, log } = openFakeHub(createFakeSession(() => {}))
    log.read = () => new Promise(() => {})
    const attempt = expect(join(ana)).rejects.toMatchObject({ code: 'unavailable' })
    await hub.close()
    await attempt
  })

  it('says goodbye to everybody, who come back at different moments', async () => {
    const { hub, reader, open, counts, upstream } = await setUp()
    const poller = (await open(new FakeReader(bruno, 'long_poll'))).reader
    await hub.close()
    for (const { byes } of [reader, poller]) {
      expect(byes).toEqual([{ reason: 'shutdown', retryInMs: expect.any(Number) }])
    }
    expect(counts).toMatchObject({ 'readers sse': 0, 'readers long_poll': 0 })
    expect(upstream.isFollowed()).toBe(false)
    await expect(hub.open(sessionId, new FakeReader(ana), null)).rejects.toMatchObject({
      code: 'unavailable',
    })
    expect(vi.getTimerCount()).toBe(0)
  })
})
