import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Way } from '#lib/protocol/session-requests.ts'
import { chooseTransport } from './choose-transport.ts'
import { createFakeTransport } from './testing/fake-transport.ts'
import { testEnvelope } from './testing/test-envelope.ts'
import { aListener, describeTransport } from './testing/transport-contract.ts'
import type { Transport, TransportState } from './transport.ts'

const all: readonly Way[] = ['websocket', 'sse', 'long_poll']

function fakeWays() {
  return {
    websocket: createFakeTransport({ way: 'websocket' }),
    sse: createFakeTransport({ way: 'sse' }),
    long_poll: createFakeTransport({ way: 'long_poll' }),
  }
}

function choose(options: { blocked?: readonly Way[]; remembered?: Way; ways?: readonly Way[] } = {}) {
  const lines = fakeWays()
  for (const way of options.blocked ?? []) lines[way].cut()
  const world = { ways: options.ways ?? all, remembered: options.remembered ?? null }
  const memory = {
    recall: () => world.remembered,
    remember: (way: Way) => {
      world.remembered = way
    },
    forget: () => {
      world.remembered = null
    },
  }
  const askWays = vi.fn(async () => world.ways)
  const { websocket, sse, long_poll } = lines
  const transport = chooseTransport({
    transports: { websocket: websocket.transport, sse: sse.transport, long_poll: long_poll.transport },
    askWays,
    memory,
    now: Date.now,
    random: () => 0.5,
  })
  const told: string[] = []
  const refusals: string[] = []
  const open = () =>
    transport.open(
      'session',
      aListener({
        onState: (state) => void told.push(describeState(state)),
        onRefused: (code) => void refusals.push(code),
      }),
      world.ways,
    )
  /** The ways that are open or tried right now. */
  const used = () => all.filter((way) => lines[way].openCount() > 0)
  return { lines, world, askWays, told, refusals, used, open, stream: open() }
}

const describeState = (state: TransportState): string =>
  state.status === 'open' ? `open by ${state.way}` : state.status
const wait = (inMs: number) => vi.advanceTimersByTimeAsync(inMs)

const sessionId = '00000000-0000-4000-8000-000000000004'
const userId = '00000000-0000-4000-8000-000000000003'

describeTransport('chosen among several', async () => {
  const lines = all.map((way) => createFakeTransport({ userId, way }))
  const [websocket, sse, long_poll] = lines.map(({ transport }) => transport) as [
    Transport,
    Transport,
    Transport,
  ]
  let seq = 0
  let isStalled = false
  const mend = () => {
    for (const line of lines) line.mend()
  }
  return {
    transport: chooseTransport({
      transports: { websocket, sse, long_poll },
      askWays: async () => all,
      memory: { recall: () => null, remember: () => {}, forget: () => {} },
      now: Date.now,
      random: Math.random,
    }),
    sessionId,
    userId,
    say: async () => {
      seq += 1
      for (const line of lines) line.deliver(testEnvelope(sessionId, seq))
      return seq
    },
    ban: async () => {
      for (const line of lines) line.refuse('banned')
    },
    cut: () => {
      for (const line of lines) line.cut()
      if (!isStalled) mend()
    },
    stall: () => {
      isStalled = true
      for (const line of lines) line.stall()
    },
    heal: mend,
    end: async () => {},
  }
}, ['ban'])

describe('chooseTransport', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('takes the server’s first way where it works, and no other', async () => {
    const { told, used, world } = choose()
    await wait(20_000)
    expect(told).toEqual(['connecting', 'open by websocket'])
    expect(used()).toEqual(['websocket'])
    expect(world.remembered).toBeNull()
  })

  it('falls through within 3 s each, without a word of breaking', async () => {
    const { told, used, world } = choose({ blocked: ['websocket', 'sse'] })
    await wait(2_900)
    expect(used()).toEqual(['websocket'])
    await wait(200)
    expect(used()).toEqual(['websocket', 'sse'])
    await wait(3_000)
    expect(told).toEqual(['connecting', 'open by long_poll'])
    expect(used()).toEqual(['long_poll'])
    expect(world.remembered).toBe('long_poll')
  })

  it('does not wait for a way that says at once that it fails', async () => {
    const { lines, told } = choose({ blocked: ['websocket'] })
    lines.websocket.fail()
    await wait(100)
    expect(told.at(-1)).toBe('open by sse')
  })

  it('remembers no way that the server chose, though it is not the first one elsewhere', async () => {
    const { world, told } = choose({ ways: ['sse', 'long_poll'] })
    await wait(20_000)
    expect(told).toEqual(['connecting', 'open by sse'])
    expect(world.remembered).toBeNull()
  })

  it('remembers no way to which it moved because the room has grown', async () => {
    const { world, told } = choose()
    await wait(10)
    world.ways = ['sse', 'long_poll']
    await wait(10 * 60_000)
    expect([told.at(-1), world.remembered]).toEqual(['open by sse', null])
  })

  it('keeps in mind what was blocked while the server asks for another way, until it opens', async () => {
    const { lines, world, told } = choose({ blocked: ['websocket'] })
    await wait(3_100)
    expect([told.at(-1), world.remembered]).toEqual(['open by sse', 'sse'])
    const large = choose({ ways: ['sse', 'long_poll'], remembered: 'sse' })
    await wait(10)
    expect(large.world.remembered).toBe('sse')
    lines.websocket.mend()
    await wait(100_000)
    expect([told.at(-1), world.remembered]).toEqual(['open by websocket', null])
  })

  it('remembers the best of the ways that are not blocked, also where it is found by climbing', async () => {
    const { lines, world, told } = choose({ blocked: ['websocket', 'sse'] })
    await wait(6_100)
    expect([told.at(-1), world.remembered]).toEqual(['open by long_poll', 'long_poll'])
    lines.sse.mend()
    await wait(100_000)
    expect([told.at(-1), world.remembered]).toEqual(['open by sse', 'sse'])
  })

  it('begins with what worked here before', async () => {
    const { told, used } = choose({ remembered: 'sse' })
    await wait(10)
    expect(told).toEqual(['connecting', 'open by sse'])
    expect(used()).toEqual(['sse'])
  })

  it('tries the better ways again later, ever more rarely, and stays when one opens', async () => {
    const { lines, told, used, askWays } = choose({ blocked: ['websocket'] })
    await wait(3_100)
    expect(used()).toEqual(['sse'])
    await wait(30_000)
    expect(used()).toEqual(['websocket', 'sse'])
    await wait(3_000)
    expect(used()).toEqual(['sse'])
    await wait(59_000)
    expect(used()).toEqual(['sse'])
    lines.websocket.mend()
    await wait(2_000)
    expect(used()).toEqual(['websocket'])
    expect(told).toEqual(['connecting', 'open by sse', 'open by websocket'])
    expect(askWays).toHaveBeenCalledTimes(2)
  })

  it('moves over when the room has grown, without a break', async () => {
    const { world, told, used } = choose()
    await wait(10)
    world.ways = ['sse', 'long_poll']
    await wait(10 * 60_000)
    expect(told).toEqual(['connecting', 'open by websocket', 'open by sse'])
    expect(used()).toEqual(['sse'])
  })

  it('waits for a way that breaks, then tries the next beside it', async () => {
    const { lines, told, used } = choose()
    await wait(10)
    lines.websocket.cut()
    await wait(2_000)
    expect(used()).toEqual(['websocket'])
    lines.websocket.mend()
    await wait(5_000)
    expect(told).toEqual(['connecting', 'open by websocket', 'down', 'open by websocket'])
    lines.websocket.cut()
    await wait(3_100)
    expect(told.slice(-2)).toEqual(['down', 'open by sse'])
  })

  it('is back on the better way soon after an outage of all', async () => {
    const { lines, told } = choose({ ways: ['sse', 'long_poll'] })
    await wait(10)
    lines.sse.cut()
    lines.long_poll.cut()
    await wait(10_000)
    lines.long_poll.mend()
    await wait(10)
    expect(told.at(-1)).toBe('open by long_poll')
    lines.sse.mend()
    await wait(2_000)
    expect(told.at(-1)).toBe('open by sse')
  })

  it('leaves a way that breaks again and again', async () => {
    const { lines, told, used, world } = choose()
    for (let count = 0; count < 3; count++) {
      await wait(10_000)
      lines.websocket.cut()
      lines.websocket.mend()
    }
    await wait(10)
    expect(told.at(-1)).toBe('open by sse')
    expect(used()).toEqual(['sse'])
    expect(world.remembered).toBe('sse')
  })

  it('gives a server the time that it asked for', async () => {
    const { lines, used } = choose({ ways: ['sse', 'long_poll'] })
    await wait(10)
    lines.sse.cut(5_000)
    await wait(7_900)
    expect(used()).toEqual(['sse'])
    await wait(200)
    expect(used()).toEqual(['long_poll'])
  })

  it('ends for good where one is refused', async () => {
    const { lines, refusals, used, told } = choose()
    await wait(10)
    lines.websocket.refuse('banned')
    await wait(60_000)
    expect(refusals).toEqual(['banned'])
    expect(used()).toEqual([])
    expect(told).toEqual(['connecting', 'open by websocket'])
  })

  it('looks for a better way at once on another network', async () => {
    const { lines, world, told, stream } = choose({ blocked: ['websocket', 'sse'] })
    await wait(10_000)
    lines.websocket.mend()
    stream.check('network_changed')
    expect(world.remembered).toBeNull()
    expect(lines.long_poll.checks).toEqual(['network_changed'])
    await wait(2_100)
    expect(told.at(-1)).toBe('open by websocket')
  })

  it('leaves nothing behind when it is closed', async () => {
    const { stream, used } = choose({ blocked: all })
    await wait(10_000)
    stream.close()
    await wait(60_000)
    expect(used()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})
