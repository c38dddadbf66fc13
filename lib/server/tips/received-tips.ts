import { z } from 'zod'
import { receivedTipSchema, type receivedTipsSchema, tipTotalSchema } from '#lib/protocol/tips.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/**
 * The tips that the client's person received, the newest first, and what they come to.
 * @param before the id of a tip: those that were paid before it
 * @throws CodedError
 */
export async function loadReceivedTips(
  db: Rpc,
  before: string | undefined,
): Promise<z.infer<typeof receivedTipsSchema>> {
  const [tips, totals] = await Promise.all([
    callFunction(db, 'received_tips', { p_before_tip_id: before ?? null }, z.array(receivedTipSchema)),
    callFunction(db, 'dj_tip_totals', {}, z.array(tipTotalSchema)),
  ])
  return { tips, totals }
}
