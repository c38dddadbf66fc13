import { CodedError } from '#lib/protocol/errors.ts'
import {
  liveEndedSchema,
  liveSegmentStoredSchema,
  liveStartedSchema,
  type StartLive,
} from '#lib/protocol/live.ts'
import type { RequestJson } from '../session/session-api.ts'
import type { LiveSegment } from './segment-sender.ts'

/** What a browser on air asks of the server; everything throws a CodedError. */
export type LiveApi = {
  start: (start: Omit<StartLive, 'leaseId'>) => Promise<unknown>
  send: (streamId: string, segment: LiveSegment) => Promise<unknown>
  end: (streamId: string, endsAtInMs: number) => Promise<unknown>
}

/** `leaseId`: of this browser; null while it holds none. */
export function createLiveApi(
  sessionId: string,
  leaseId: () => string | null,
  request: RequestJson,
): LiveApi {
  const lease = (): string => {
    const held = leaseId()
    if (!held) throw new CodedError('lease_lost')
    return held
  }
  return {
    start: async (start) =>
      request(`/api/sessions/${sessionId}/live`, liveStartedSchema, { leaseId: lease(), ...start }),
    async send(streamId, { number, startsAtInMs, body }) {
      const query = new URLSearchParams({ leaseId: lease(), startsAtInMs: String(startsAtInMs) })
      return request(`/api/live/${streamId}/segments/${number}?${query}`, liveSegmentStoredSchema, body)
    },
    end: async (streamId, endsAtInMs) =>
      request(`/api/live/${streamId}/end`, liveEndedSchema, { leaseId: lease(), endsAtInMs }),
  }
}
