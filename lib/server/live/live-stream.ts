import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import {
  liveEndedSchema,
  liveSegmentStoredSchema,
  liveStartedSchema,
  type StartLive,
} from '#lib/protocol/live.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import type { MediaStorage } from '../media/media-storage.ts'
import { inspectUpload } from './inspect-upload.ts'
import { liveInitPath, liveSegmentPath } from './live-paths.ts'

/** Begins a stream, for the browser that holds the lease; the room hears of it with its first segment. @throws CodedError */
export function startLive(db: Rpc, sessionId: string, start: StartLive) {
  const { leaseId, streamId, mode, startsAtInMs, duckGain } = start
  const args = {
    p_session_id: sessionId,
    p_lease_id: leaseId,
    p_stream_id: streamId,
    p_mode: mode,
    p_starts_at_ms: startsAtInMs,
    p_duck_gain: duckGain,
  }
  return callFunction(db, 'start_live', args, liveStartedSchema)
}

/** Ends it with what was captured until then. @throws CodedError */
export function endLive(db: Rpc, streamId: string, end: { leaseId: string; endsAtInMs: number }) {
  const args = { p_stream_id: streamId, p_lease_id: end.leaseId, p_ends_at_ms: end.endsAtInMs }
  return callFunction(db, 'end_live', args, liveEndedSchema)
}

export type SegmentUpload = {
  streamId: string
  leaseId: string
  number: number
  startsAtInMs: number
  bytes: Uint8Array
}

/**
 * Takes one segment: whether the person may send it is asked as that person, then its bytes are looked at and stored, and
 * only then does the playlist name it, which the server alone may do. @throws CodedError
 */
export async function takeSegment(
  { db, service, storage }: { db: Rpc; service: Rpc; storage: Pick<MediaStorage, 'write'> },
  { streamId, leaseId, number, startsAtInMs, bytes }: SegmentUpload,
): Promise<z.infer<typeof liveSegmentStoredSchema>> {
  const admission = { p_stream_id: streamId, p_lease_id: leaseId }
  const admitted = z.object({ initSha256: z.string().nullable() })
  const { initSha256 } = await callFunction(db, 'admit_live_segment', admission, admitted)
  const upload = await inspectUpload(bytes)
  if (!upload || (initSha256 && initSha256 !== upload.initSha256)) {
    throw new CodedError('invalid_input', { field: 'body' })
  }
  try {
    if (!initSha256) await storage.write(liveInitPath(streamId), upload.init, 'audio/mp4')
    await storage.write(liveSegmentPath(streamId, number), upload.segment, 'audio/iso.segment')
  } catch (cause) {
    throw new CodedError('unavailable', { cause })
  }
  const facts = {
    p_stream_id: streamId,
    p_number: number,
    p_starts_at_ms: startsAtInMs,
    p_start_in_samples: upload.startInSamples,
    p_duration_in_samples: upload.durationInSamples,
    p_init_hash: upload.initSha256,
  }
  return callFunction(service, 'publish_live_segment', facts, liveSegmentStoredSchema)
}
