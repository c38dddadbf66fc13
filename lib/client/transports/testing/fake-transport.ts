import { envelopeSchema, type Presence } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { CheckReason, Transport, TransportListener, WayInUse } from '../transport.ts'

type FakeTransportOptions = {
  userId?: string
  way?: WayInUse
  /** What a way that resumes says first, to a cursor; without it each opening is a gap. */
  resume?: (cursor: number | null) => unknown
}

export type FakeTransport = {
  transport: Transport
  deliver: (payload: unknown) => void
  showPresent: (presence: Presence) => void
  cut: (retryInMs?: number | null) => void
  /** Nothing passes any more, and nobody is told, unless somebody looks. */
  stall: () => void
  /** What happens meanwhile does not pass, and nobody notices. */
  deaf: (happen: () => void) => void
  /** Says that it does not open. */
  fail: () => void
  mend: () => void
  refuse: (code: ErrorCode) => void
  /** How many have it open now. */
  openCount: () => number
  /** Why it was asked to look after itself, each time. */
  checks: CheckReason[]
}

/** A transport in memory whose line can be cut; it opens again when it is mended, as real ones do. */
export function createFakeTransport({
  userId,
  way = 'fake',
  resume,
}: FakeTransportOptions = {}): FakeTransport {
  const listeners = new Set<TransportListener>()
  const checks: CheckReason[] = []
  let isUp = true
  let isStalled = false
  const cut = (retryInMs: number | null = null): void => {
    if (isUp) for (const listener of listeners) listener.onState({ status: 'down', retryInMs })
    isUp = false
  }
  const tell = (listener: TransportListener, payload: unknown): void => {
    const envelope = envelopeSchema.safeParse(payload)
    if (envelope.success) listener.onEnvelope(envelope.data)
  }
  const open = (listener: TransportListener): void => {
    if (!listeners.has(listener) || !isUp) return
    listener.onState({ status: 'open', way })
    if (resume) tell(listener, resume(listener.cursor()))
    else listener.onGap()
    if (userId) listener.onPresence({ count: 1, userIds: [userId] })
  }
  return {
    transport: {
      open: (_sessionId, listener) => {
        listeners.add(listener)
        listener.onState({ status: 'connecting' })
        queueMicrotask(() => open(listener))
        return {
          check: (reason) => {
            checks.push(reason)
            if (isStalled) cut()
          },
          close: () => void listeners.delete(listener),
        }
      },
    },
    deliver: (payload) => {
      if (isUp && !isStalled) for (const listener of listeners) tell(listener, payload)
    },
    showPresent: (presence) => {
      for (const listener of listeners) listener.onPresence(presence)
    },
    cut,
    stall: () => {
      isStalled = true
    },
    deaf: (happen) => {
      isStalled = true
      happen()
      isStalled = false
    },
    fail: () => {
      for (const listener of listeners) listener.onState({ status: 'down', retryInMs: null })
    },
    mend: () => {
      isStalled = false
      if (isUp) return
      isUp = true
      for (const listener of listeners) open(listener)
    },
    refuse: (code) => {
      const refused = [...listeners]
      listeners.clear()
      for (const listener of refused) listener.onRefused(code)
    },
    openCount: () => listeners.size,
    checks,
  }
}
