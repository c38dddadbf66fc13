import type { Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { SessionEvent } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/session-state.ts'
import type { HubDeps, UpstreamListener } from '../../hub/hub-deps.ts'

/** A session in memory, with the log that SQL keeps and the upstream that Realtime is. */
export function createFakeSession() {
  const id = crypto.randomUUID()
  const epoch = crypto.randomUUID()
  const log: SessionEvent[] = []
  const listeners = new Set<UpstreamListener>()
  const state: Required<Pick<SessionState, 'playback' | 'tallies' | 'dj'>> = {
    playback: { status: 'idle', rev: 0 },
    tallies: { rev: 0, votes: {} },
    dj: { rev: 0, presentUntil: null, positionInMs: null },
  }

  const envelope = (from: number, rest: Partial<Envelope> = {}): Envelope => ({
    v: 1,
    sid: id,
    epoch,
    from,
    to: log.length,
    items: log.slice(from),
    sentAt: Date.now(),
    ...rest,
  })

  const send = (sent: Envelope): void => {
    for (const listener of listeners) listener.onEnvelope(sent)
  }

  const append = <E extends Pick<SessionEvent, 'kind' | 'payload'>>(...events: E[]): Envelope => {
    const from = log.length
    for (const event of events) {
      log.push({ seq: log.length + 1, commandId: null, by: null, at: Date.now(), ...event } as SessionEvent)
    }
    return envelope(from)
  }

  const messageOf = (text: string) => ({
    kind: 'chat.sent' as const,
    payload: { id: crypto.randomUUID(), authorId: id, authorName: 'Ana', text, at: 0 },
  })

  let held = Promise.resolve()
  const readLog: HubDeps['readLog'] = async (sessionId, after) => {
    await held
    if (sessionId !== id) throw new CodedError('not_found')
    if (after !== null && after > log.length) return { epoch, reset: true }
    return envelope(after ?? Math.max(0, log.length - 200), { state })
  }

  return {
    id,
    readLog,
    openUpstream: ((sessionId, listener) => {
      if (sessionId === id) listeners.add(listener)
      queueMicrotask(() => listener.onState('open'))
      return { track: () => {}, moveTo: () => {}, close: () => listeners.delete(listener) }
    }) satisfies HubDeps['openUpstream'],
    /** Lets nobody read the log until the function that it gives is called. */
    holdLog: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    /** Commits messages as one command, and lets upstream tell of them. */
    say: (...texts: string[]): void => send(append(...texts.map(messageOf))),
    /** Commits a message that only the log knows of. */
    commitUnheard: (text: string): Envelope => append(messageOf(text)),
    ban: (userId: string): void => send(append({ kind: 'member.banned', payload: { userId, channel: 1 } })),
    vote: (): void => {
      state.tallies = { rev: state.tallies.rev + 1, votes: {} }
      send(envelope(log.length, { state: { tallies: state.tallies } }))
    },
    react: (): void => send(envelope(log.length, { reactions: { '🔥': 1 } })),
    get seq(): number {
      return log.length
    },
  }
}

export type FakeSession = ReturnType<typeof createFakeSession>
