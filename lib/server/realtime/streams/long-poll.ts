import type { CatchUp, Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { PollQuery } from '#lib/protocol/stream.ts'
import type { Hub } from '../hub/hub.ts'
import type { Grant } from './authorise-stream.ts'
import { HeldPoll, type PollEnd } from './held-poll.ts'
import { createFrameMerger } from './merge-frames.ts'
import { createPacer } from './pacer.ts'

const heldPerPersonMax = 4
const answersPerSecondMax = 2_000

/** Waits for what follows on a cursor; answers JSON (`catchUpSchema`), or null when nobody waits any more. */
export type HoldPoll = (
  sessionId: string,
  grant: Grant,
  query: PollQuery,
  signal: AbortSignal,
) => Promise<string | null>

/**
 * Long-polling over a hub. An answer costs a request each, so they are paced: a large room's polls gather what happens
 * in between and are answered together.
 * @throws CodedError `banned` at once when the person is, also while waiting.
 */
export function createLongPoll(deps: {
  hub: Hub
  /** The log after a cursor, as the person. @throws CodedError */
  catchUpAs: (accessToken: string, sessionId: string, after: number) => Promise<CatchUp>
  now: () => number
  answersPerSecond?: number
}): HoldPoll {
  const { hub, catchUpAs, now, answersPerSecond = answersPerSecondMax } = deps
  const mergedJson = createFrameMerger()
  const pacer = createPacer((poll: HeldPoll) => poll.answer(), { perSecond: answersPerSecond })
  const heldByPerson = new Map<string, Set<HeldPoll>>()

  const hold = (poll: HeldPoll): void => {
    const held = heldByPerson.get(poll.userId) ?? new Set()
    heldByPerson.set(poll.userId, held.add(poll))
    const [oldest] = held
    if (held.size <= heldPerPersonMax || !oldest) return
    held.delete(oldest)
    oldest.answer()
  }

  const release = (poll: HeldPoll): void => {
    pacer.remove(poll)
    const held = heldByPerson.get(poll.userId)
    held?.delete(poll)
    if (held?.size === 0) heldByPerson.delete(poll.userId)
  }

  const waitFor = async (poll: HeldPoll, sessionId: string, query: PollQuery, signal: AbortSignal) => {
    const leave = (): void => poll.leave()
    const timer = setTimeout(pacer.add, query.waitInMs, poll)
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
    hold(poll)
    try {
      const subscription = await hub.open(sessionId, poll, query.after)
      const end = await poll.ended
      subscription.close()
      return end
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      release(poll)
    }
  }

  const jsonOf = (end: Exclude<PollEnd, { kind: 'ask_the_log' }>): string | null => {
    if (end.kind === 'refused') throw new CodedError(end.code)
    if (end.kind === 'gone') return null
    return end.kind === 'news'
      ? mergedJson(end.frames, end.presence)
      : JSON.stringify(quiet(end.envelope, now()))
  }

  return async (sessionId, grant, query, signal) => {
    const end = await waitFor(new HeldPoll(grant, query, pacer.add), sessionId, query, signal)
    if (end.kind !== 'ask_the_log') return jsonOf(end)
    return JSON.stringify(await catchUpAs(grant.accessToken, sessionId, query.after))
  }
}

/** Says that nothing happened, and what the newest event is, so that a lost tail is noticed. */
function quiet(envelope: Envelope, sentAt: number): Envelope {
  const { reactions: _once, ...rest } = envelope
  return { ...rest, from: envelope.to, items: [], sentAt }
}
