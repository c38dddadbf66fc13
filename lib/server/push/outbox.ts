import { z } from 'zod'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { type ClaimedNotification, claimedNotificationsSchema } from './claimed-notification.ts'

/** What Expo will say about a message to a device. */
const receiptSchema = z.object({ ticket: z.string(), deviceId: z.uuid() })
export type PushReceipt = z.infer<typeof receiptSchema>

/** The notifications that wait to be sent, and what is to be asked of them later. All of it throws CodedError. */
export type Outbox = ReturnType<typeof createOutbox>

/** @param service passes by row level security */
export function createOutbox(service: Rpc) {
  return {
    /** For a minute nobody else gets what is claimed. */
    claim: (max: number): Promise<ClaimedNotification[]> =>
      callFunction(service, 'claim_notifications', { p_max: max }, claimedNotificationsSchema),

    /** Says which devices are left of a claim (none: it is done), and when they may be tried again. */
    async settle(
      { id, attempt }: Pick<ClaimedNotification, 'id' | 'attempt'>,
      { leftFor, retryInMs }: { leftFor: string[]; retryInMs: number },
    ): Promise<void> {
      const args = { p_id: id, p_attempt: attempt, p_left_for: leftFor, p_retry_in_ms: retryInMs }
      await callFunction(service, 'settle_notification', args, z.unknown())
    },

    async forgetDevices(deviceIds: string[]): Promise<void> {
      await callFunction(service, 'forget_push_devices', { p_ids: deviceIds }, z.unknown())
    },

    async keepReceipts(receipts: PushReceipt[]): Promise<void> {
      await callFunction(service, 'keep_push_receipts', { p_receipts: receipts }, z.unknown())
    },

    /** Nobody else gets them any more. */
    claimReceipts: (max: number): Promise<PushReceipt[]> =>
      callFunction(service, 'claim_push_receipts', { p_max: max }, z.array(receiptSchema)),
  }
}
