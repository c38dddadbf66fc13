import { z } from 'zod'
import { created } from './created.ts'
import {
  amount,
  boolean,
  currency,
  expand,
  integer,
  list,
  metadata,
  pageParameters,
  positiveAmount,
  text,
  url,
} from './parameters.ts'

const lineItem = z.strictObject({
  price_data: z.strictObject({
    currency,
    unit_amount: amount,
    product_data: z.strictObject({ name: text(), description: text(40_000).optional(), metadata }),
  }),
  quantity: positiveAmount,
})

const paymentIntentData = z.strictObject({
  application_fee_amount: amount.optional(),
  description: text(1000).optional(),
  metadata,
  transfer_data: z.strictObject({ destination: text() }).optional(),
})

/** What `POST /v1/checkout/sessions` takes here, a part of what Stripe takes there. */
export const createSessionParameters = z.strictObject({
  mode: z.literal('payment'),
  line_items: list(lineItem, 1),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: text(200).optional(),
  expires_at: integer.optional(),
  payment_intent_data: paymentIntentData.optional(),
  metadata,
  expand,
  // What only changes how Checkout looks is answered, and of no effect here.
  adaptive_pricing: z.strictObject({ enabled: boolean }).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  ui_mode: z.literal('hosted_page').optional(),
})
export type CreateSessionParameters = z.infer<typeof createSessionParameters>

export const listSessionsParameters = z.strictObject({
  ...pageParameters,
  created,
  payment_intent: text().optional(),
  status: z.enum(['complete', 'expired', 'open']).optional(),
})
