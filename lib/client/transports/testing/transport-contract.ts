import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { Transport, TransportListener, TransportState } from '../transport.ts'

/** What a test needs of a transport's surroundings. */
export type TransportWorld = {
  transport: Transport
  sessionId: string
  /** The user id that the transport shows as present. */
  userId: string
  /** Sends something down, as the server does: an envelope, or what is none. */
  publish: (payload: unknown) => Promise<void>
  /** Cuts the line once; the transport is expected to come back by itself. */
  cut: () => Promise<void>
  end: () => Promise<void>
}

/** What every transport promises, whatever it is made of. */
export function describeTransport(name: string, createWorld: () => Promise<TransportWorld>): void {
  describe(`the transport ${name}`, () => {
    let world: TransportWorld | undefined
    afterEach(async () => {
      await world?.end()
      world = undefined
    })

    async function listen() {
      world = await createWorld()
      const { transport, sessionId } = world
      const states: TransportState['status'][] = []
      const envelopes: Envelope[] = []
      let present: readonly string[] = []
      const stream = transport.open(
        sessionId,
        aListener({
          onState: ({ status }) => void states.push(status),
          onEnvelope: (envelope) => void envelopes.push(envelope),
          onPresence: ({ userIds }) => {
            present = userIds
          },
        }),
        [],
      )
      const until = (condition: () => void) => vi.waitFor(condition, { timeout: 15_000, interval: 20 })
      const untilOpen = (times = 1) =>
        until(() => expect(states.filter((state) => state === 'open').length).toBeGreaterThanOrEqual(times))
      return { world, stream, states, envelopes, present: () => present, until, untilOpen }
    }

    it('TR1 says that it connects, then that it is open', async () => {
      const { states, untilOpen } = await listen()
      await untilOpen()
      expect(states).toEqual(['connecting', 'open'])
    })

    it('TR2 delivers envelopes as they were sent', async () => {
      const { world, envelopes, until, untilOpen } = await listen()
      await untilOpen()
      const sent = [1, 2, 3].map((seq) => testEnvelope(world.sessionId, seq))
      for (const envelope of sent) await world.publish(envelope)
      await until(() => expect(envelopes).toEqual(sent))
    })

    it('TR3 lets nothing through that is no envelope', async () => {
      const { world, envelopes, until, untilOpen } = await listen()
      await untilOpen()
      await world.publish({ v: 1, sid: world.sessionId, items: 'all of them' })
      await world.publish({ ...testEnvelope(world.sessionId, 1), v: 2 })
      await world.publish(testEnvelope(world.sessionId, 2))
      await until(() => expect(envelopes).toEqual([testEnvelope(world.sessionId, 2)]))
    })

    it('TR4 is silent once it is closed', async () => {
      const { world, stream, states, envelopes, untilOpen, until } = await listen()
      await untilOpen()
      stream.close()
      const statesThen = [...states]
      await world.publish(testEnvelope(world.sessionId, 1))
      // A second stream on the same session hears it: by then the first would have.
      const later: Envelope[] = []
      let isOpen = false
      const second = world.transport.open(
        world.sessionId,
        aListener({
          onState: ({ status }) => {
            isOpen = status === 'open'
          },
          onEnvelope: (envelope) => void later.push(envelope),
        }),
        [],
      )
      await until(() => expect(isOpen).toBe(true))
      await world.publish(testEnvelope(world.sessionId, 2))
      await until(() => expect(later).toContainEqual(testEnvelope(world.sessionId, 2)))
      expect(envelopes).toEqual([])
      expect(states).toEqual(statesThen)
      second.close()
    })

    it('TR5 says that the line is down, and comes back by itself', async () => {
      const { world, states, envelopes, until, untilOpen } = await listen()
      await untilOpen()
      await world.cut()
      await until(() => expect(states).toContain('down'))
      await untilOpen(2)
      await world.publish(testEnvelope(world.sessionId, 9))
      await until(() => expect(envelopes).toContainEqual(testEnvelope(world.sessionId, 9)))
    })

    it('TR6 shows who is present', async () => {
      const { world, present, until, untilOpen } = await listen()
      await untilOpen()
      await until(() => expect(present()).toEqual([world.userId]))
    })
  })
}

/** A listener to whom most of it does not matter. */
export function aListener(hears: Partial<TransportListener> = {}): TransportListener {
  return {
    onEnvelope: () => {},
    onState: () => {},
    onGap: () => {},
    onPresence: () => {},
    onRefused: () => {},
    cursor: () => null,
    revs: () => null,
    ...hears,
  }
}

function testEnvelope(sessionId: string, seq: number): Envelope {
  return {
    v: 1,
    sid: sessionId,
    epoch: '00000000-0000-4000-8000-000000000001',
    from: seq - 1,
    to: seq,
    items: [
      {
        seq,
        kind: 'chat.removed',
        commandId: null,
        by: null,
        at: 1_000,
        payload: { messageId: '00000000-0000-4000-8000-000000000002' },
      },
    ],
    sentAt: 1_000,
  }
}
