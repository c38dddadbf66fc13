import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { Transport, TransportListener, TransportState } from '../transport.ts'

/** What a test needs of a transport's surroundings. */
export type TransportWorld = {
  transport: Transport
  sessionId: string
  /** The user id that the transport shows as present. */
  userId: string
  /** Awaits what follows on opening, where more does. */
  settled?: () => Promise<unknown>
  /** Something lasting happens in the session, and is told; gives its `seq`. */
  say: () => Promise<number>
  /** Cuts the line once; the transport is expected to come back by itself. */
  cut: () => void
  /** Nothing passes any more, and nobody is told; until it is healed. */
  stall: () => void
  heal: () => void
  /** Sends something down that is no envelope. */
  sayNonsense?: () => Promise<void>
  /** Closes the session to the person. */
  ban?: () => Promise<void>
  /** Tells the transport that its token ends soon. */
  renew?: () => Promise<void>
  end: () => Promise<void>
}

/** What only some surroundings can do; a test is made of each. */
type Ability = 'sayNonsense' | 'ban' | 'renew'

/** What every transport promises, whatever it is made of. */
export function describeTransport(
  name: string,
  createWorld: () => Promise<TransportWorld>,
  abilities: readonly Ability[],
): void {
  describe(`the transport ${name}`, { timeout: 30_000 }, () => {
    let world: TransportWorld | undefined
    afterEach(async () => {
      await world?.end()
      world = undefined
    })

    async function listen() {
      world = await createWorld()
      const { settled = async () => {} } = world
      const heard = hear(world.transport, world.sessionId)
      const untilOpen = (times?: number) => heard.untilOpen(times).then(settled)
      return { world, ...heard, untilOpen }
    }

    it('TR1 says that it connects, then that it is open', async () => {
      const { states, untilOpen, stream } = await listen()
      await untilOpen()
      expect(states).toEqual(['connecting', 'open'])
      stream.close()
    })

    it('TR2 brings what is said, in order', async () => {
      const { world, untilHeard, untilOpen, stream } = await listen()
      await untilOpen()
      const said = [await world.say(), await world.say(), await world.say()]
      await untilHeard(said)
      stream.close()
    })

    it('TR3 is silent once it is closed', async () => {
      const { world, stream, states, seqs, untilOpen } = await listen()
      await untilOpen()
      stream.close()
      const [statesThen, seqsThen] = [[...states], [...seqs]]
      await world.say()
      // A second stream on the same session hears it: by then the first would have.
      const second = hear(world.transport, world.sessionId)
      await second.untilOpen()
      await second.untilHeard([await world.say()])
      expect(seqs).toEqual(seqsThen)
      expect(states).toEqual(statesThen)
      second.stream.close()
    })

    it('TR4 says that the line is down, and comes back by itself', async () => {
      const { world, states, until, untilHeard, untilOpen, stream } = await listen()
      await untilOpen()
      world.cut()
      await until(() => expect(states).toContain('down'))
      await untilOpen(2)
      await untilHeard([await world.say()])
      stream.close()
    })

    it('TR5 shows who is present', async () => {
      const { world, present, until, untilOpen, stream } = await listen()
      await untilOpen()
      await until(() => expect(present()).toEqual([world.userId]))
      stream.close()
    })

    it('TR6 finds out that a line is dead, and brings what was said meanwhile or tells of the gap', async () => {
      const { world, states, seqs, gaps, until, untilHeard, untilOpen, stream } = await listen()
      await untilOpen()
      const gapsBefore = gaps()
      world.stall()
      stream.check('network_changed')
      await until(() => expect(states).toContain('down'))
      const said = await world.say()
      world.heal()
      await untilOpen(2)
      await until(() => expect(seqs.includes(said) || gaps() > gapsBefore).toBe(true))
      await untilHeard([await world.say()])
      stream.close()
    })

    if (abilities.includes('sayNonsense')) {
      it('TR7 lets nothing through that is no envelope', async () => {
        const { world, envelopesHeard, untilHeard, untilOpen, stream } = await listen()
        await untilOpen()
        const before = envelopesHeard()
        await world.sayNonsense?.()
        await untilHeard([await world.say()])
        expect(envelopesHeard()).toBe(before + 1)
        stream.close()
      })
    }

    if (abilities.includes('ban')) {
      it('TR8 ends for good when the session is closed to the person', async () => {
        const { world, states, refusals, until, untilOpen } = await listen()
        await untilOpen()
        const statesThen = [...states]
        await world.ban?.()
        await until(() => expect(refusals).toEqual(['banned']))
        expect(states).toEqual(statesThen)
      })
    }

    if (abilities.includes('renew')) {
      it('TR9 goes on with a new token, without a word of breaking', async () => {
        const { world, states, untilHeard, untilOpen, stream } = await listen()
        await untilOpen()
        await world.renew?.()
        await untilHeard([await world.say()])
        expect(states).toEqual(['connecting', 'open'])
        stream.close()
      })
    }
  })
}

/** Opens a stream, and keeps what it brings as the session client would. */
function hear(transport: Transport, sessionId: string) {
  const states: TransportState['status'][] = []
  const seqs: number[] = []
  const refusals: ErrorCode[] = []
  let present: readonly string[] = []
  let cursor = 0
  let gaps = 0
  let envelopesHeard = 0
  const listener = aListener({
    onState: ({ status }) => void states.push(status),
    onEnvelope: ({ items, to }) => {
      envelopesHeard += 1
      for (const { seq } of items) if (!seqs.includes(seq)) seqs.push(seq)
      cursor = Math.max(cursor, to)
    },
    onGap: () => {
      gaps += 1
    },
    onPresence: ({ userIds }) => {
      present = userIds
    },
    onRefused: (code) => void refusals.push(code),
    cursor: () => cursor,
  })
  const stream = transport.open(sessionId, listener, ['websocket', 'sse', 'long_poll'])
  const until = (condition: () => void) => vi.waitFor(condition, { timeout: 15_000, interval: 20 })
  return {
    stream,
    states,
    seqs,
    refusals,
    present: () => present,
    gaps: () => gaps,
    envelopesHeard: () => envelopesHeard,
    until,
    untilOpen: (times = 1) =>
      until(() => expect(states.filter((state) => state === 'open').length).toBeGreaterThanOrEqual(times)),
    untilHeard: (said: readonly number[]) => until(() => expect(seqs.slice(-said.length)).toEqual(said)),
  }
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
    channel: () => 0,
    ...hears,
  }
}
