import { describe, expect, it, vi } from 'vitest'
import { createSse } from './sse.ts'
import { createFakeServer, sessionId } from './testing/fake-server.ts'
import { fakeWorld, inFakeTime, openOnFake } from './testing/fake-world.ts'
import { nonsense } from './testing/test-envelope.ts'
import { aListener, describeTransport } from './testing/transport-contract.ts'

const openWorld = async () =>
  fakeWorld(createSse, (fake) => ({
    sayNonsense: async () => {
      for (const payload of nonsense(sessionId)) fake.sayRaw('envelope', payload)
      fake.sayRaw('gossip', {})
    },
    ban: async () => fake.bye({ reason: 'banned', retryInMs: null }),
    renew: async () => fake.sayRaw('renew', {}),
  }))
describeTransport('over server-sent events', openWorld, ['sayNonsense', 'ban', 'renew'])

describe('createSse', () => {
  const { wait } = inFakeTime()
  const open = (cursor: number | null = 0) => openOnFake(createSse, cursor)

  it('resumes at its cursor, and has none before a snapshot', async () => {
    const { requests, say, cut } = open(null)
    await wait(10)
    say()
    say()
    await wait(10)
    cut()
    await wait(1_000)
    expect(requests).toEqual([
      { path: `/api/sessions/${sessionId}/events`, lastEventId: null },
      { path: `/api/sessions/${sessionId}/events`, lastEventId: '2' },
    ])
  })

  it('is not open while a proxy keeps back what is said', async () => {
    const fake = createFakeServer()
    fake.line.isBuffered = true
    const states: string[] = []
    createSse(fake.server).open(
      sessionId,
      aListener({ onState: ({ status }) => void states.push(status) }),
      [],
    )
    await wait(2_900)
    expect(states).toEqual(['connecting'])
    await wait(200)
    expect(states).toEqual(['connecting', 'down'])
    expect(fake.openStreams()).toBe(0)
  })

  it.each([200, 401, 403, 407, 500])(
    'takes no page of a hotel for a stream of ours, nor for a refusal (%i)',
    async (status) => {
      const { line, cut, statuses, refusals } = open()
      await wait(10)
      line.isHtml = true
      line.htmlStatus = status
      cut()
      await wait(5_000)
      line.isHtml = false
      await wait(5_000)
      expect(statuses()).toEqual(['connecting', 'open', 'down', 'open'])
      expect(refusals).toEqual([])
    },
  )

  it('notices a line that has gone silent, though nobody said so', async () => {
    const { heartbeat, stallOpenStreams, statuses } = open()
    for (let count = 0; count < 10; count++) {
      await wait(15_000)
      heartbeat()
    }
    expect(statuses()).toEqual(['connecting', 'open'])
    stallOpenStreams()
    await wait(37_000)
    expect(statuses()).toEqual(['connecting', 'open'])
    await wait(2_000)
    expect(statuses()).toEqual(['connecting', 'open', 'down', 'open'])
  })

  it('replaces a stream that was silent over a sleep, before anybody notices', async () => {
    const { stallOpenStreams, stream, statuses, openStreams } = open()
    await wait(10)
    stallOpenStreams()
    // The timers slept too.
    vi.setSystemTime(2_000_000)
    stream.check('woke')
    await wait(10)
    expect(statuses()).toEqual(['connecting', 'open'])
    expect(openStreams()).toBe(1)
    await wait(3_000)
    expect(statuses()).toEqual(['connecting', 'open'])
  })

  it('leaves a stream alone that was heard just now', async () => {
    const { stream, requests } = open()
    await wait(5_000)
    stream.check('woke')
    await wait(100)
    expect(requests).toHaveLength(1)
  })

  it('says within 3 s that the line is dead after a change of network', async () => {
    const { stream, line, statuses } = open()
    await wait(10)
    line.isStalled = true
    stream.check('network_changed')
    await wait(2_900)
    expect(statuses()).toEqual(['connecting', 'open'])
    await wait(200)
    expect(statuses()).toEqual(['connecting', 'open', 'down'])
  })

  it('opens a new stream with a new token, then drops the old one', async () => {
    const { sayRaw, openStreams, auth, requests, statuses } = open()
    await wait(10)
    sayRaw('renew', {})
    await wait(10)
    expect(auth.refreshes).toBe(1)
    expect(requests).toHaveLength(2)
    expect(openStreams()).toBe(1)
    expect(statuses()).toEqual(['connecting', 'open'])
  })

  it('renews without a hurry where no new token is to be had', async () => {
    const { sayRaw, auth, requests } = open()
    auth.renewsTo = 'unavailable'
    await wait(10)
    for (let second = 0; second < 45; second++) {
      sayRaw('renew', {})
      await wait(1_000)
    }
    expect(requests.length).toBeLessThan(6)
  })

  it('renews its token once when it is refused, and gives up when that does not help', async () => {
    const { auth, cut, statuses, refusals } = open()
    await wait(10)
    auth.isTokenGood = false
    cut()
    await wait(1_000)
    expect(statuses()).toEqual(['connecting', 'open', 'down', 'open'])
    auth.isTokenGood = false
    auth.renewsTo = false
    cut()
    await wait(1_000)
    expect(refusals).toEqual(['not_signed_in'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not give up its session while nobody can renew the token', async () => {
    const { auth, cut, refusals, statuses } = open()
    await wait(10)
    auth.isTokenGood = false
    auth.renewsTo = 'unavailable'
    cut()
    await wait(20_000)
    expect(refusals).toEqual([])
    auth.renewsTo = true
    await wait(5_000)
    expect(statuses()).toEqual(['connecting', 'open', 'down', 'open'])
  })

  it('comes back when it was told to, and not before', async () => {
    const { bye, states, requests } = open()
    await wait(10)
    bye({ reason: 'shutdown', retryInMs: 4_000 })
    await wait(3_900)
    expect(states.at(-1)).toEqual({ status: 'down', retryInMs: 4_000 })
    expect(requests).toHaveLength(1)
    await wait(200)
    expect(states.at(-1)).toEqual({ status: 'open', way: 'sse' })
  })

  it.each(['banned', 'not_allowed', 'not_found'] as const)('ends when it is refused: %s', async (code) => {
    const { refuse, cut, refusals, requests } = open()
    await wait(10)
    refuse(code)
    cut()
    await wait(60_000)
    expect(refusals).toEqual([code])
    expect(requests).toHaveLength(2)
  })

  it('leaves nothing behind', async () => {
    const { stream, openStreams, line } = open()
    await wait(10)
    line.isStalled = true
    stream.check('network_changed')
    stream.close()
    await wait(10)
    expect(openStreams()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
