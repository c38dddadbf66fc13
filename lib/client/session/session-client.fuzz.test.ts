import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { chooseTransport } from '#lib/client/transports/choose-transport.ts'
import { createFakeTransport, type FakeTransport } from '#lib/client/transports/testing/fake-transport.ts'
import type { CheckReason } from '#lib/client/transports/transport.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { JoinedSession, Way } from '#lib/protocol/session-requests.ts'
import { createViewBuilder } from './build-view.ts'
import { noPending } from './pending.ts'
import { fromSnapshot } from './room-state.ts'
import type { SessionApi } from './session-api.ts'
import { createSessionClient, type SessionClient } from './session-client.ts'
import { ana, bruno, createFakeSession, type FakeSession, sessionId, testId } from './testing/fake-session.ts'
import type { RoomView } from './view-state.ts'

const ways: readonly Way[] = ['websocket', 'sse', 'long_poll']

/**
 * Whatever a network drops, repeats, reorders, delays or cuts, and whichever way is in use, in the end the room shows what the server knows. A
 * failing run prints its seed and path: hand them to `fc.assert` as `{ seed, path }` to see it again.
 */

/** What happens to one envelope, or to one request, on its way. */
const envelopeFate = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ copies: 1, delayInMs: 0 }) },
  { weight: 2, arbitrary: fc.record({ copies: fc.constant(1), delayInMs: fc.nat(3_000) }) },
  { weight: 2, arbitrary: fc.constant({ copies: 0, delayInMs: 0 }) },
  { weight: 1, arbitrary: fc.record({ copies: fc.constant(3), delayInMs: fc.nat(500) }) },
)
const requestFate = fc.record({
  is: fc.oneof(
    { weight: 5, arbitrary: fc.constant('fine' as const) },
    { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'unanswered' as const) },
  ),
  delayInMs: fc.oneof(fc.constant(0), fc.nat(2_000)),
})
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('say' as const), what: fc.nat(7), which: fc.nat(20) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('send' as const), what: fc.nat(2), which: fc.nat(20) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(2_500) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('grow' as const, 'move' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restart' as const), keepsCounting: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('cut' as const, 'mend' as const),
      way: fc.constantFrom(...ways),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('converges to the server’s state', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.array(envelopeFate, { minLength: 1, maxLength: 20 }),
      fc.array(requestFate, { minLength: 1, maxLength: 20 }),
      run,
    ),
    { numRuns: 1_000 },
  )
})

async function run(
  steps: readonly Step[],
  envelopeFates: readonly (typeof envelopeFate extends fc.Arbitrary<infer F> ? F : never)[],
  requestFates: readonly (typeof requestFate extends fc.Arbitrary<infer F> ? F : never)[],
): Promise<void> {
  const lines: Record<Way, FakeTransport> = {
    websocket: createFakeTransport({ way: 'websocket' }),
    sse: createFakeTransport({ way: 'sse', resume: (cursor) => server.streamFrom(cursor) }),
    long_poll: createFakeTransport({ way: 'long_poll', resume: (cursor) => server.streamFrom(cursor) }),
  }
  let waysNow = ways
  let isHealed = false
  let envelopes = 0
  let requests = 0
  const deliver = (envelope: Envelope): void => {
    for (const way of ways) lines[way].deliver(envelope)
  }
  const server = createFakeSession((envelope) => {
    const fate = isHealed ? undefined : envelopeFates[envelopes++ % envelopeFates.length]
    for (let copy = 0; copy < (fate?.copies ?? 1); copy++) {
      if (fate?.delayInMs) setTimeout(deliver, fate.delayInMs * (copy + 1), envelope)
      else deliver(envelope)
    }
  })
  const call = async <T>(answer: () => T): Promise<T> => {
    const fate = isHealed ? undefined : requestFates[requests++ % requestFates.length]
    const pause = () => new Promise((resolve) => setTimeout(resolve, fate?.delayInMs ?? 0))
    await pause()
    if (fate?.is === 'lost') throw new CodedError('unavailable')
    const answered = answer()
    await pause()
    if (fate?.is === 'unanswered') throw new CodedError('unavailable')
    return answered
  }
  let commands = 0
  const joined = (): JoinedSession => ({ role: 'listener', ways: [...waysNow], channel: 0 })
  const api: SessionApi = {
    join: () => call(joined),
    enter: () => call(() => ({ ...joined(), snapshot: server.snapshot() })),
    snapshot: () => call(server.snapshot),
    poll: (after) => call(() => server.poll(after)),
    send: (command) => call(() => server.carryOut(command)),
    here: () => call(() => []),
  }
  const { websocket, sse, long_poll } = lines
  const transport = chooseTransport({
    transports: { websocket: websocket.transport, sse: sse.transport, long_poll: long_poll.transport },
    askWays: async () => (await api.join()).ways,
    memory: { recall: () => null, remember: () => {}, forget: () => {} },
    now: Date.now,
    random: () => 0.5,
  })
  let wake = (_reason: CheckReason): void => {}
  const client = createSessionClient({
    sessionId,
    api,
    transport,
    store: null,
    now: Date.now,
    random: () => 0.5,
    newId: () => testId('comm', ++commands),
    onWake: (listener) => {
      wake = listener
      return () => {}
    },
  })
  const seen = watchInvariants(client, server)

  for (const one of steps) {
    if (one.do === 'say') act(server, one.what, one.which)
    else if (one.do === 'send') sendSomething(client, one.what, one.which)
    else if (one.do === 'wait') await vi.advanceTimersByTimeAsync(one.ms)
    else if (one.do === 'restart') server.restart(one.keepsCounting ? server.rows.seq : undefined)
    else if (one.do === 'grow') waysNow = ['sse', 'long_poll']
    else if (one.do === 'move') wake('network_changed')
    else if (one.do === 'cut' || one.do === 'mend') lines[one.way][one.do]()
  }
  isHealed = true
  for (const way of ways) lines[way].mend()
  await vi.advanceTimersByTimeAsync(120_000)
  server.ping()
  await vi.advanceTimersByTimeAsync(10_000)

  expect(seen.violations).toEqual([])
  expect(roomOf(client).connection.status).toBe('live')
  expect(comparable(roomOf(client))).toEqual(comparable(expectedView(server)))
  expect(new Set(server.rows.messages.map(({ text }) => text)).size).toBe(server.rows.messages.length)
  client.destroy()
  vi.clearAllTimers()
}

function act(server: FakeSession, what: number, which: number): void {
  const waiting = server.waiting()
  const item = waiting[which % Math.max(1, waiting.length)]
  const message = server.rows.messages[which % Math.max(1, server.rows.messages.length)]
  if (what === 0) server.chat(bruno, `from Bruno, ${server.rows.seq}, ${server.rows.epoch}`)
  else if (what === 1) server.add(which % 2 ? ana : bruno)
  else if (what === 2) server.next()
  else if (what === 3) server.join()
  else if (what === 4) server.heartbeat()
  else if (what === 5 && item) server.vote(bruno, item.id, which % 3 > 0)
  else if (what === 6 && item) server.pin(item.id, which % 2 ? which : null)
  else if (what === 7 && message) server.removeMessage(message.id)
}

let texts = 0
function sendSomething(client: SessionClient, what: number, which: number): void {
  const view = client.getSnapshot()
  if (view.status !== 'ready') return
  const item = view.queue[which % Math.max(1, view.queue.length)]
  if (what === 0 || !item) void client.send({ kind: 'chat.send', text: `from Ana, ${++texts}` })
  else void client.send({ kind: 'queue.vote', itemId: item.id, voted: what === 1 })
}

/** What may never be seen, not even on the way. */
function watchInvariants(client: SessionClient, server: FakeSession): { violations: string[] } {
  const violations: string[] = []
  const firstEpoch = server.rows.epoch
  let revSeen = 0
  client.subscribe(() => {
    const view = client.getSnapshot()
    if (view.status !== 'ready') return
    // Every text is said once: twice on the screen is a message beside its own echo.
    const said = view.messages.map(({ text }) => text)
    if (new Set(said).size < said.length) violations.push(`said twice: ${said.join(' | ')}`)
    // After a restart the rev counts anew, from whenever the client notices.
    if (server.rows.epoch !== firstEpoch) return
    if (view.playback.rev < revSeen) violations.push(`rev fell from ${revSeen} to ${view.playback.rev}`)
    revSeen = view.playback.rev
  })
  return { violations }
}

function roomOf(client: SessionClient): RoomView {
  const view = client.getSnapshot()
  if (view.status !== 'ready') throw new Error(`The room is ${view.status}.`)
  return view
}

const nobodyHere = { count: 0, userIds: [] }

function expectedView(server: FakeSession): RoomView {
  const snapshot = server.snapshot()
  return createViewBuilder()(fromSnapshot(snapshot), noPending(snapshot.myVotes), nobodyHere, {
    status: 'live',
    way: 'fake',
  })
}

/** A message that was given up stays to be seen; everything else must be as the server has it. */
function comparable({ messages, connection: _, ...view }: RoomView) {
  return { ...view, messages: messages.filter(({ delivery }) => delivery !== 'failed') }
}
