import { z } from 'zod'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/**
 * To be called before a person makes the server ask Stripe something. Stripe answers so many questions a second, and all
 * people share them.
 * @param db acts as the person
 * @throws CodedError `rate_limited`
 */
export async function countRequest(db: Rpc): Promise<void> {
  await callFunction(db, 'count_provider_request', {}, z.unknown())
}
