import type Stripe from 'stripe'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Charge, Dispute } from '../state/state.ts'
import { nullsOf } from './nulls.ts'

const nulls = nullsOf<Stripe.Dispute.Evidence>()

const answerWithinInSeconds = 7 * 24 * 60 * 60

/** The cardholder's bank awaits an answer: it has taken a charge back, or asks before it does. */
export function newDispute(
  { id: charge, currency, payment_intent }: Charge,
  amount: number,
  isInquiry: boolean,
): Dispute {
  const created = nowInSeconds()
  return {
    ...{ id: makeId('du_'), amount, charge, created, currency, payment_intent },
    object: 'dispute',
    balance_transactions: [],
    enhanced_eligibility_types: [],
    evidence: {
      ...nulls('access_activity_log', 'billing_address', 'cancellation_policy', 'cancellation_rebuttal'),
      ...nulls('cancellation_policy_disclosure', 'customer_communication', 'customer_email_address'),
      ...nulls('customer_name', 'customer_purchase_ip', 'customer_signature', 'uncategorized_text'),
      ...nulls('duplicate_charge_explanation', 'duplicate_charge_id', 'product_description', 'receipt'),
      ...nulls('refund_policy', 'refund_policy_disclosure', 'refund_refusal_explanation', 'service_date'),
      ...nulls('service_documentation', 'shipping_address', 'shipping_carrier', 'shipping_date'),
      ...nulls('shipping_documentation', 'shipping_tracking_number', 'uncategorized_file'),
      ...nulls('duplicate_charge_documentation'),
      enhanced_evidence: {},
    },
    evidence_details: {
      due_by: created + answerWithinInSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    reason: 'fraudulent',
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  }
}
