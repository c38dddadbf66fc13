import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fromSnapshot, type RoomState, reduce } from '#lib/client/session/room-state.ts'
import {
  ana,
  bruno,
  createFakeSession,
  type FakeSession,
  sessionId,
  testId,
} from '#lib/client/session/testing/fake-session.ts'
import { type CatchUp, catchUpItemsMax, type Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { Bye } from '#lib/protocol/stream.ts'
import { FakeReader } from './testing/fake-reader.ts'
import { openFakeHub, readFakeLog } from './testing/open-fake-hub.ts'

/**
 * Whatever is dropped, repeated, reordered or delayed on its way to a hub, whether its upstream or the log is lost for
 * a while, the log begins anew, or readers are slow: in the end every reader knows what the server knows, and on the way
 * there nobody met a hole. A failing run prints its seed and path: hand them to `fc.assert` as `{ seed, path }`.
 */

const fate = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ way: fc.constantFrom('fed', 'upstream', 'both'), delayInMs: fc.constant(0) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ way: fc.constantFrom('fed', 'upstream', 'both'), delayInMs: fc.nat(400) }),
  },
  { weight: 2, arbitrary: fc.record({ way: fc.constant('lost'), delayInMs: fc.constant(0) }) },
)
const readFate = fc.record({
  fails: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  delayBeforeInMs: fc.nat(300),
  delayAfterInMs: fc.nat(300),
})
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('say' as const), what: fc.nat(7), which: fc.nat(20) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(40_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('open', 'leave', 'fill', 'drain'), which: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cut', 'mend', 'restart', 'lull') }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Fate = typeof fate extends fc.Arbitrary<infer F> ? F : never
type ReadFate = typeof readFate extends fc.Arbitrary<infer F> ? F : never

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('tells every reader everything, in order and without a hole', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 60 }),
      fc.array(fate, { minLength: 1, maxLength: 20 }),
      fc.array(readFate, { minLength: 1, maxLength: 10 }),
      run,
    ),
    { numRuns: 300 },
  )
})

async function run(
  steps: readonly Step[],
  fates: readonly Fate[],
  readFates: readonly ReadFate[],
): Promise<void> {
  let isHealed = false
  let envelopes = 0
  let reads = 0
  const server = createFakeSession((envelope) => {
    const fate = isHealed ? undefined : fates[envelopes++ % fates.length]
    const way = fate?.way ?? 'both'
    const arrive = (isFed: boolean) => (isFed ? house.hub.feed(envelope) : house.upstream.deliver(envelope))
    if (way === 'fed' || way === 'both') later(fate?.delayInMs, () => arrive(true))
    if (way === 'upstream' || way === 'both') later((fate?.delayInMs ?? 0) / 2, () => arrive(false))
  })
  const house = openFakeHub(server)
  house.log.read = async (after): Promise<CatchUp> => {
    const fate = isHealed ? undefined : readFates[reads++ % readFates.length]
    await pause(fate?.delayBeforeInMs)
    if (fate?.fails) throw new CodedError('unavailable')
    const answer = page(readFakeLog(server, after))
    await pause(fate?.delayAfterInMs)
    return answer
  }
  const violations: string[] = []
  const clients = Array.from({ length: 4 }, (_, n) => createClient(n, server, house.hub, violations))

  for (const one of steps) {
    const client = clients['which' in one ? one.which % clients.length : 0]
    if (one.do === 'say') act(server, house.upstream.deliver, one.what, one.which)
    else if (one.do === 'wait') await vi.advanceTimersByTimeAsync(one.ms)
    else if (one.do === 'restart') server.restart()
    else if (one.do === 'lull') for (const each of clients) each.open()
    else if (one.do === 'cut' || one.do === 'mend') house.upstream[one.do]()
    else client?.[one.do]()
  }
  isHealed = true
  house.upstream.mend()
  for (const client of clients) {
    client.open()
    client.drain()
  }
  await vi.advanceTimersByTimeAsync(60_000)

  expect(violations).toEqual([])
  for (const client of clients)
    expect(comparable(client.room())).toEqual(comparable(fromSnapshot(server.snapshot())))
  await house.hub.close()
  vi.clearAllTimers()
}

type OpenReader = FakeReader & { drained?: () => void; close?: () => void }

/** A client by the rule of every client, whose requests are answered at once, and which complains of every hole. */
function createClient(
  number: number,
  server: FakeSession,
  hub: ReturnType<typeof openFakeHub>['hub'],
  violations: string[],
) {
  const userId = testId('clie', number)
  let room: RoomState | null = null
  let reader: OpenReader | null = null
  const complain = (of: string) => violations.push(`client ${number}: ${of}`)

  /** `beginsAnew`: of a log that is another one all of a sudden, a stream says the state and no events. */
  const receive = (envelope: Envelope, beginsAnew: boolean): void => {
    room ??= fromSnapshot(server.snapshot())
    const reduction = reduce(room, envelope)
    if (reduction.outcome === 'snapshot_needed') {
      room = fromSnapshot(server.snapshot())
      return
    }
    room = reduction.state
    if (reduction.behindUntil !== null) {
      if (!beginsAnew) complain(`a hole between ${room.seq} and ${envelope.from}`)
      const answer = server.poll(room.seq)
      if ('reset' in answer) room = fromSnapshot(server.snapshot())
      else receive(answer, false)
    }
  }

  const open = (): void => {
    if (reader) return
    const opened: OpenReader = new FakeReader(userId)
    reader = opened
    room ??= fromSnapshot(server.snapshot())
    let last: Envelope | undefined
    opened.onFrame = (envelope) => {
      if (reader !== opened) complain('told after it left')
      const beginsAnew = last !== undefined && last.epoch !== envelope.epoch
      const before = beginsAnew ? undefined : last
      if (before) checkOrder(before, envelope, complain)
      last = { ...envelope, state: { ...before?.state, ...envelope.state } }
      receive(envelope, beginsAnew)
    }
    opened.bye = (_bye: Bye) => {
      if (reader !== opened) return
      reader = null
      setTimeout(open, 50)
    }
    hub.open(sessionId, opened, room.seq).then(
      (subscription) => {
        opened.drained = () => subscription.drained()
        opened.close = () => subscription.close()
        if (reader !== opened) subscription.close()
      },
      () => opened.bye({ reason: 'shutdown', retryInMs: 0 }),
    )
  }

  return {
    open,
    /** Away, and still knowing what it knew. */
    leave: (): void => {
      // A stream that is still opening cannot be left: its first frame is on its way.
      if (!reader?.close) return
      reader.close()
      reader = null
    },
    fill: (): void => {
      if (reader) reader.hasRoom = false
    },
    drain: (): void => {
      if (reader) reader.hasRoom = true
      reader?.drained?.()
    },
    room: (): RoomState => room ?? fromSnapshot(server.snapshot()),
  }
}

function checkOrder(last: Envelope, next: Envelope, complain: (of: string) => void): void {
  if (next.to < last.to) complain(`told of ${next.to} after ${last.to}`)
  if (next.from > last.to) complain(`told from ${next.from} after ${last.to}`)
  if (next.items.length !== next.to - next.from) complain(`${next.from} to ${next.to} without all its events`)
  if (next.items.some(({ seq }, index) => seq !== next.from + index + 1)) complain('told in disorder')
  for (const part of ['playback', 'tallies', 'dj'] as const) {
    const [before, after] = [last.state?.[part]?.rev ?? 0, next.state?.[part]?.rev]
    if (after !== undefined && after < before) complain(`${part} fell from ${before} to ${after}`)
  }
}

function act(server: FakeSession, deliver: (envelope: Envelope) => void, what: number, which: number): void {
  const waiting = server.waiting()
  const item = waiting[which % Math.max(1, waiting.length)]
  const { epoch, seq } = server.rows
  const plain: Envelope = { v: 1, sid: sessionId, epoch, from: seq, to: seq, items: [], sentAt: Date.now() }
  if (what === 0 || what === 1) server.chat(bruno, `${seq}`)
  else if (what === 2) server.add(which % 2 ? ana : bruno)
  else if (what === 3) server.next()
  else if (what === 4) server.join()
  else if (what === 5) server.heartbeat()
  else if (what === 6 && item) server.vote(bruno, item.id, which % 3 > 0)
  else deliver({ ...plain, reactions: { '🔥': 1 } })
}

function page(answer: CatchUp): CatchUp {
  if ('reset' in answer || answer.items.length < catchUpItemsMax) return answer
  const items = answer.items.slice(0, catchUpItemsMax)
  return { ...answer, items, to: items.at(-1)?.seq ?? answer.to }
}

const pause = (delayInMs = 0) => new Promise((resolve) => setTimeout(resolve, delayInMs))

function later(delayInMs: number | undefined, action: () => void): void {
  if (delayInMs) setTimeout(action, delayInMs)
  else action()
}

/** What the log and its states say; votes of one's own are no part of it. */
function comparable({
  myVotesAtSnapshot: _,
  members,
  memberCount,
  messages,
  startedItemIds,
  ...room
}: RoomState) {
  return { ...room, members: members.length, memberCount, messages: messages.map(({ text }) => text) }
}
