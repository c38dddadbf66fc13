import type { z } from 'zod'
import {
  type ListeningReport,
  type ListeningSummary,
  listeningReportResultSchema,
  listeningSummarySchema,
} from '#lib/protocol/listening.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/** Notes how a listener's sound is doing. @throws CodedError */
export function reportListening(
  db: Rpc,
  sessionId: string,
  { isListening, offsetInMs, uncertaintyInMs, stalls, bitrate }: ListeningReport,
): Promise<z.infer<typeof listeningReportResultSchema>> {
  const args = {
    p_session_id: sessionId,
    p_is_listening: isListening,
    p_offset_ms: offsetInMs,
    p_uncertainty_ms: uncertaintyInMs,
    p_stalls: stalls,
    p_bitrate: bitrate,
  }
  return callFunction(db, 'report_listening', args, listeningReportResultSchema)
}

/** How the room hears, in sum. @throws CodedError `not_allowed` for plain listeners. */
export function loadListeningSummary(db: Rpc, sessionId: string): Promise<ListeningSummary> {
  return callFunction(db, 'listening_summary', { p_session_id: sessionId }, listeningSummarySchema)
}
