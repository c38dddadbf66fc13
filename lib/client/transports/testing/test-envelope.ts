import type { Envelope, Presence } from '#lib/protocol/envelope.ts'

/** An envelope with one event, or a heartbeat. */
export function testEnvelope(sessionId: string, seq: number, isHeartbeat = false): Envelope {
  const event = {
    seq,
    kind: 'chat.removed' as const,
    commandId: null,
    by: null,
    at: 1_000,
    payload: { messageId: '00000000-0000-4000-8000-000000000002' },
  }
  return {
    v: 1,
    sid: sessionId,
    epoch: '00000000-0000-4000-8000-000000000001',
    from: isHeartbeat ? seq : seq - 1,
    to: seq,
    items: isHeartbeat ? [] : [event],
    sentAt: 1_000,
  }
}

export const presenceOf = (userId: string): Presence => ({ count: 1, userIds: [userId] })

/** Two things that look like envelopes, and are none. */
export function nonsense(sessionId: string): unknown[] {
  return [
    { v: 1, sid: sessionId, items: 'all of them' },
    { ...testEnvelope(sessionId, 1), v: 2 },
  ]
}
