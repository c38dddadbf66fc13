import type { Envelope } from '#lib/protocol/envelope.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import type { HubDeps } from './hub-deps.ts'
import { HubSession } from './hub-session.ts'
import type { Reader, Subscription } from './reader.ts'

/** Follows the sessions that somebody reads here, and tells their readers. One a process. */
export type Hub = {
  /**
   * Waits until a session is known here. @returns whether one had to: what was decided before may be older than what the
   * hub has read.
   * @throws CodedError as `open`
   */
  waitFor: (sessionId: string) => Promise<boolean>
  /**
   * Opens a stream. The first frame is sent before this resolves: the events after the cursor as far as they are at
   * hand, otherwise none (the client sees the hole and asks for them), with the whole latest state and who is present.
   * `after` is the client's cursor, null where it has none.
   * @throws CodedError `not_found`, or `unavailable` where the log cannot be read or the hub is closed.
   */
  open: (sessionId: string, reader: Reader, after: number | null) => Promise<Subscription>
  /** Takes what this instance committed itself, so that its readers need not wait for the way round. */
  feed: (envelope: Envelope) => void
  /** The sessions that are followed. */
  sessionIds: () => Iterable<string>
  /**
   * These people of a session gave signs of life and have been silent since: they are not counted, and what they had
   * open here is closed, so that whoever lives nevertheless comes back.
   */
  takeForSilent: (sessionId: string, userIds: readonly string[]) => void
  /** Says goodbye to everybody and ends all subscriptions. */
  close: () => Promise<void>
}

const sweepIntervalInMs = 1_000
const idleMaxInMs = 30_000
const openPatienceInMs = 5_000

export function createHub(deps: HubDeps): Hub {
  const sessions = new Map<string, HubSession>()
  let isClosed = false

  const release = (sessionId: string, session: HubSession): void => {
    if (sessions.get(sessionId) === session) sessions.delete(sessionId)
  }

  const follow = (sessionId: string): HubSession => {
    const session: HubSession = new HubSession(sessionId, deps, () => release(sessionId, session))
    sessions.set(sessionId, session)
    return session
  }

  // One clock for all readers of all sessions: a timer each would cost more than the readers themselves.
  const sweep = setInterval(() => {
    const nowInMs = deps.now()
    for (const [sessionId, session] of sessions) {
      session.sweep(nowInMs)
      if (session.idleSinceInMs === null || nowInMs - session.idleSinceInMs < idleMaxInMs) continue
      release(sessionId, session)
      void session.close()
    }
  }, sweepIntervalInMs)
  sweep.unref()

  const sessionOf = (sessionId: string): HubSession => {
    if (isClosed) throw new CodedError('unavailable')
    return sessions.get(sessionId) ?? follow(sessionId)
  }

  const open: Hub['open'] = async (sessionId, reader, after) => {
    const session = sessionOf(sessionId)
    if (!session.isReady) await withPatience(session.ready)
    // It was released, or ended, while this one waited.
    if (session.isClosed) return open(sessionId, reader, after)
    return session.admit(reader, after)
  }

  return {
    waitFor: async (sessionId) => {
      const { isReady, ready } = sessionOf(sessionId)
      if (!isReady) await withPatience(ready)
      return !isReady
    },
    open,
    feed: (envelope) => sessions.get(envelope.sid)?.feed(envelope),
    sessionIds: () => sessions.keys(),
    takeForSilent: (sessionId, userIds) => sessions.get(sessionId)?.takeForSilent(userIds),
    close: async () => {
      isClosed = true
      clearInterval(sweep)
      const open = [...sessions.values()]
      sessions.clear()
      await Promise.all(open.map((session) => session.close()))
    },
  }
}

async function withPatience(ready: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CodedError('unavailable')), openPatienceInMs)
  })
  try {
    await Promise.race([ready, impatience])
  } finally {
    clearTimeout(timer)
  }
}
