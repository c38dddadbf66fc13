import { afterEach, beforeEach, vi } from 'vitest'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { OwnServer } from '../own-server.ts'
import type { Transport, TransportState } from '../transport.ts'
import { createFakeServer, sessionId, userId } from './fake-server.ts'
import { aListener, type TransportWorld } from './transport-contract.ts'

type CreateTransport = (server: OwnServer) => Transport
type FakeServer = ReturnType<typeof createFakeServer>

/** The contract's world on the fake server, with what only this transport can do there. */
export function fakeWorld(
  create: CreateTransport,
  abilities: (fake: FakeServer) => Partial<TransportWorld>,
): TransportWorld {
  const fake = createFakeServer()
  return {
    transport: create(fake.server),
    sessionId,
    userId,
    say: async () => fake.say(),
    cut: fake.cut,
    stall: () => {
      fake.line.isStalled = true
    },
    heal: () => {
      fake.line.isStalled = false
    },
    end: async () => {},
    ...abilities(fake),
  }
}

/** Opens a stream on the fake server as the session client would, and keeps what it says of itself. */
export function openOnFake(create: CreateTransport, cursor: number | null) {
  const fake = createFakeServer()
  const states: TransportState[] = []
  const refusals: ErrorCode[] = []
  const known = { cursor, rev: 4 }
  const listener = aListener({
    onState: (state) => void states.push(state),
    onRefused: (code) => void refusals.push(code),
    onEnvelope: ({ to }) => {
      known.cursor = to
    },
    cursor: () => known.cursor,
    revs: () => ({ playback: known.rev, tallies: 5, dj: 6 }),
  })
  const stream = create(fake.server).open(sessionId, listener, [])
  return { ...fake, stream, states, statuses: () => states.map(({ status }) => status), refusals, known }
}

/** Has the tests of a suite run in fake time. */
export function inFakeTime(): { wait: (inMs: number) => Promise<unknown> } {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  return { wait: (inMs) => vi.advanceTimersByTimeAsync(inMs) }
}
