import { createFakeTransport } from '#lib/client/transports/testing/fake-transport.ts'
import type { CheckReason } from '#lib/client/transports/transport.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { JoinedSession, Way } from '#lib/protocol/session-requests.ts'
import type { ListedStore } from '../outbox-store.ts'
import type { SessionApi } from '../session-api.ts'
import { createSessionClient } from '../session-client.ts'
import { createFakeSession, sessionId, testId } from './fake-session.ts'

export function memoryStore(): ListedStore {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  }
}

type FakeSessionOptions = {
  store?: ListedStore
  server?: ReturnType<typeof createFakeSession>
  way?: Way
  /** Another tab's commands have other ids. */
  tab?: number
}

/** A client of Ana's on a fake server, with every way between them in the test's hands. */
export function openFakeSession(options: FakeSessionOptions = {}) {
  const line = createFakeTransport(options.way ? { way: options.way } : {})
  let wake = (_reason: CheckReason): void => {}
  const server = options.server ?? createFakeSession((envelope) => line.deliver(envelope))
  const calls = { join: 0, enter: 0, snapshot: 0, poll: 0, send: 0, here: 0 }
  const silent: string[] = []
  /**
   * What the next requests meet: `lost` never arrive, `unanswered` take effect and nobody hears of it. What is answered
   * arrives once `held` lets it go.
   */
  const network = { requests: 'fine' as 'fine' | 'lost' | 'unanswered', held: Promise.resolve() }
  const call = async <T>(kind: keyof typeof calls, answer: () => T): Promise<T> => {
    calls[kind] += 1
    await Promise.resolve()
    if (network.requests === 'lost') throw new CodedError('unavailable')
    const answered = answer()
    await network.held
    if (network.requests === 'unanswered') throw new CodedError('unavailable')
    return answered
  }
  const joined: JoinedSession = { role: 'listener', ways: ['websocket'], channel: 0 }
  const api: SessionApi = {
    join: () => call('join', () => joined),
    enter: () => call('enter', () => ({ ...joined, snapshot: server.snapshot() })),
    snapshot: () => call('snapshot', server.snapshot),
    poll: (after) => call('poll', () => server.poll(after)),
    send: (command) => call('send', () => server.carryOut(command)),
    here: ({ asksForSilent }) => call('here', () => (asksForSilent ? [...silent] : [])),
  }
  let made = 100 * (options.tab ?? 0)
  const client = createSessionClient({
    sessionId,
    api,
    transport: line.transport,
    store: options.store ?? null,
    now: Date.now,
    random: () => 0.5,
    newId: () => testId('comm', ++made),
    onWake: (listener) => {
      wake = listener
      return () => {}
    },
  })
  return { wake: (reason: CheckReason) => wake(reason), client, server, line, network, calls, silent }
}
