import { reinstatementOf, withdrawalOf } from '../objects/balance-transaction.ts'
import { newDispute } from '../objects/dispute.ts'
import { nullsOf } from '../objects/nulls.ts'
import { transfersOf } from '../objects/payment.ts'
import { find, invalidRequest } from '../refusal.ts'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Charge, Dispute, Fake, Refund, State } from '../state/state.ts'
import { formatAmount } from './currencies.ts'
import { tellOfFeeRefund } from './refund-fee.ts'

const nulls = nullsOf<Refund>()

export type RefundWish = Pick<Refund, 'reason' | 'metadata'> & {
  /** All that is left where it is absent. */
  amountInMinorUnits: number | undefined
  reversesTransfer: boolean
  refundsFee: boolean
}

/** Gives money of a charge back, never more than is left. @throws StripeRefusal */
export function refund(fake: Fake, charge: Charge, wish: RefundWish): Refund {
  const left = charge.amount - charge.amount_refunded
  const amount = wish.amountInMinorUnits ?? left
  checkRefund(fake.state, charge, amount, wish)
  const transfer = fake.state.transfers[charge.transfer ?? '']
  const { application_fee: feeId, transfer: transferId = '' } = charge
  if (transfer && wish.reversesTransfer) transfer.reversedInMinorUnits += amount
  if (transfer && wish.refundsFee)
    transfer.feeRefundedInMinorUnits = Math.min(
      transfer.feeInMinorUnits,
      transfer.feeRefundedInMinorUnits + Math.round((transfer.feeInMinorUnits * amount) / charge.amount),
    )
  const refunded: Refund = {
    ...nulls('customer', 'customer_account', 'payment_method', 'receipt_number', 'source_transfer_reversal'),
    id: makeId('re_'),
    object: 'refund',
    amount,
    balance_transaction: makeId('txn_'),
    charge: charge.id,
    created: nowInSeconds(),
    currency: charge.currency,
    metadata: wish.metadata,
    payment_intent: charge.payment_intent,
    reason: wish.reason,
    status: 'succeeded',
    transfer_reversal: wish.reversesTransfer ? makeId('trr_') : null,
  }
  fake.state.refunds[refunded.id] = refunded
  charge.amount_refunded += amount
  charge.refunded = amount === left
  fake.emit('refund.created', refunded)
  fake.emit('charge.refunded', charge)
  if (transfer && wish.reversesTransfer) emitReversed(fake, transferId)
  if (transfer && wish.refundsFee && typeof feeId === 'string') tellOfFeeRefund(fake, feeId)
  // Stripe tells once more when the bank's reference number is there.
  fake.emit('refund.updated', refunded)
  return refunded
}

const emitReversed = (fake: Fake, transferId: string): void =>
  fake.emit('transfer.reversed', find(transfersOf(fake.state), transferId, 'transfer'))

/** The operator takes a part of what was sent on back, without giving it to the payer. @throws StripeRefusal where less is left */
export function reverseTransfer(fake: Fake, { id, transfer: transferId = '' }: Charge, amount: number): void {
  const transfer = find(fake.state.transfers, transferId, 'transfer')
  if (amount > transfer.amountInMinorUnits - transfer.reversedInMinorUnits)
    throw invalidRequest(`The transfer of charge ${id} has been reversed as far.`, { param: 'amount' })
  transfer.reversedInMinorUnits += amount
  emitReversed(fake, transferId)
}

function checkRefund(state: State, charge: Charge, amount: number, wish: RefundWish): void {
  const left = charge.amount - charge.amount_refunded
  const isLostFor = ({ charge: id, status, is_charge_refundable: isRefundable }: Dispute) =>
    id === charge.id && status !== 'won' && !isRefundable
  if (Object.values(state.disputes).some(isLostFor))
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    })
  if (left === 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    })
  if (amount > left)
    throw invalidRequest(
      `Refund amount (${formatAmount(amount, charge.currency)}) is greater than unrefunded amount on charge (${formatAmount(left, charge.currency)})`,
      { param: 'amount' },
    )
  const transfer = state.transfers[charge.transfer ?? '']
  if (wish.reversesTransfer && !transfer)
    throw invalidRequest(`Charge ${charge.id} has no transfer to reverse.`, { param: 'reverse_transfer' })
  if (
    wish.reversesTransfer &&
    transfer &&
    amount > transfer.amountInMinorUnits - transfer.reversedInMinorUnits
  )
    throw invalidRequest(`The transfer of charge ${charge.id} has been reversed as far.`, {
      param: 'reverse_transfer',
    })
  if (wish.refundsFee && !charge.application_fee)
    throw invalidRequest(`Charge ${charge.id} has no application fee.`, { param: 'refund_application_fee' })
}

/**
 * The bank cannot give the money to its customer: it comes back to the platform. What was taken back from the connected account
 * stays taken back (docs.stripe.com/connect/destination-charges#failed-refunds). @throws StripeRefusal where it is not done
 */
export function failRefund(fake: Fake, refunded: Refund): void {
  if (refunded.status !== 'succeeded') throw invalidRequest(`${refunded.id} is ${refunded.status}.`)
  const charge = find(fake.state.charges, refunded.charge, 'charge')
  refunded.status = 'failed'
  refunded.failure_reason = 'expired_or_canceled_card'
  charge.amount_refunded -= refunded.amount
  charge.refunded = false
  fake.emit('refund.updated', refunded)
  fake.emit('refund.failed', refunded)
}

export type DisputeWish = {
  /** Of the whole charge where it is absent; a bank asks neither what was refunded, nor for how much it was. */
  amountInMinorUnits?: number
  /** The bank asks first, and takes no money yet (docs.stripe.com/disputes/how-disputes-work#inquiries). */
  isInquiry?: boolean
}

/** The cardholder's bank takes the money back. @throws StripeRefusal where there is none to take */
export function openDispute(fake: Fake, charge: Charge, wish: DisputeWish): Dispute {
  const { amountInMinorUnits: amount = charge.amount, isInquiry = false } = wish
  const isOpenFor = ({ charge: id, status }: Dispute) => id === charge.id && status !== 'won'
  if (!charge.paid || Object.values(fake.state.disputes).some(isOpenFor))
    throw invalidRequest(`Charge ${charge.id} cannot be disputed.`)
  const dispute = newDispute(charge, amount, isInquiry)
  fake.state.disputes[dispute.id] = dispute
  charge.disputed = true
  fake.emit('charge.dispute.created', dispute)
  if (!isInquiry) withdraw(fake, dispute)
  return dispute
}

function withdraw(fake: Fake, dispute: Dispute): void {
  dispute.balance_transactions.push(withdrawalOf(dispute))
  fake.emit('charge.dispute.funds_withdrawn', dispute)
}

/** The bank takes the money that it had only asked about. @throws StripeRefusal where it does not ask */
export function escalateInquiry(fake: Fake, dispute: Dispute): void {
  if (dispute.status !== 'warning_needs_response') throw invalidRequest(`${dispute.id} is no inquiry.`)
  dispute.status = 'needs_response'
  dispute.is_charge_refundable = false
  fake.emit('charge.dispute.updated', dispute)
  withdraw(fake, dispute)
}

export type DisputeEnd = {
  /** Stripe gives its fee back where a dispute is won, by what it agreed with the platform and where that is. */
  returnsFee?: boolean
}

/** The bank decides who keeps the money. */
export function closeDispute(
  fake: Fake,
  dispute: Dispute,
  outcome: 'won' | 'lost',
  { returnsFee = false }: DisputeEnd,
): void {
  dispute.status = outcome
  fake.emit('charge.dispute.closed', dispute)
  if (outcome === 'lost') return
  dispute.balance_transactions.push(reinstatementOf(dispute, returnsFee))
  fake.emit('charge.dispute.funds_reinstated', dispute)
}

/** What a connected account has, by currency, in minor units. */
export function balancesOf({ transfers }: State, accountId: string): Map<string, number> {
  const balances = new Map<string, number>()
  for (const transfer of Object.values(transfers)) {
    if (transfer.accountId !== accountId) continue
    const received = transfer.amountInMinorUnits - transfer.reversedInMinorUnits
    const fee = transfer.feeInMinorUnits - transfer.feeRefundedInMinorUnits
    balances.set(transfer.currency, (balances.get(transfer.currency) ?? 0) + received - fee)
  }
  return balances
}
