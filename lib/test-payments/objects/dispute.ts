import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Charge, Dispute } from '../state/state.ts'

const answerWithinInSeconds = 7 * 24 * 60 * 60

export function newDispute({ id: charge, amount, currency, payment_intent }: Charge): Dispute {
  const created = nowInSeconds()
  return {
    ...{ id: makeId('du_'), amount, charge, created, currency, payment_intent },
    object: 'dispute',
    balance_transactions: [],
    enhanced_eligibility_types: [],
    evidence_details: {
      due_by: created + answerWithinInSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    reason: 'fraudulent',
    status: 'needs_response',
  }
}
