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
  report: ListeningReport,
): Promise<z.infer<typeof listeningReportResultSchema>> {
  const args = {
    p_session_id: sessionId,
    p_is_listening: report.isListening,
    p_offset_ms: report.offsetInMs,
    p_uncertainty_ms: report.uncertaintyInMs,
    p_stalls: report.stalls,
    p_bitrate: report.bitrate,
    p_drift_ppm: report.driftInPpm,
    p_buffer_ms: report.bufferInMs,
    p_corrections: report.corrections,
  }
  return callFunction(db, 'report_listening', args, listeningReportResultSchema)
}

/** How the room hears, in sum. @throws CodedError `not_allowed` for plain listeners. */
export function loadListeningSummary(db: Rpc, sessionId: string): Promise<ListeningSummary> {
  return callFunction(db, 'listening_summary', { p_session_id: sessionId }, listeningSummarySchema)
}
