import { type Chance, createChance } from '../../faults/plan/chance.ts'

/** Faults while the page is asked for: what of it happened, and what was heard, before the app was killed. */
export const openStrikes = [
  'app_killed_while_stripe_answers',
  'app_killed_before_the_note',
  'app_killed_after_the_note',
] as const
/** Faults while an event is applied. The database is killed in the midst of the transaction, or right after it. */
export const webhookStrikes = [
  'app_killed_before_applying',
  'app_killed_after_applying',
  'backend_killed_before_the_tip',
  'backend_killed_before_the_books',
  'postgres_killed_before_the_books',
  'postgres_killed_after_the_commit',
] as const
/** Faults while a tip is given back. */
export const refundStrikes = ['app_killed_after_the_refund'] as const
/** Ways of news that are no order: `late` is after everything else, `lost` is never. */
export const deliveryStrikes = [
  'events_doubled',
  'events_reordered',
  'events_late',
  'events_lost',
  'events_before_the_return',
] as const

export const strikeKinds = [...openStrikes, ...webhookStrikes, ...refundStrikes, ...deliveryStrikes] as const
export type OpenStrike = (typeof openStrikes)[number]
export type WebhookStrike = (typeof webhookStrikes)[number]
export type StrikeKind = (typeof strikeKinds)[number]

export type TipPlan = {
  amount: number
  currency: 'eur' | 'jpy'
  isAnonymous: boolean
  /** `left`: came back without having paid. */
  ending: 'paid' | 'declined_then_paid' | 'left' | 'expired'
  /** What happens to it once it is paid; a refund by the house is one that the DJ's share does not pay. */
  afterwards: (typeof fates)[number]
  /** Whether, and when, the giver comes back to the page that looks the tip up. */
  returns: 'before_events' | 'after_events' | 'never'
  strike: StrikeKind | null
}

const tipCount = 5
const strikesMax = 4
const endings = ['paid', 'declined_then_paid', 'left', 'expired'] as const
const fates = [
  'kept',
  'refunded',
  'refunded_in_part',
  'refunded_in_part_by_the_house',
  'refund_failed',
  'refunded_and_charged_back',
  'disputed',
  'disputed_in_part',
  'disputed_again',
  'inquiry_escalated',
  'dispute_won',
  'dispute_lost',
] as const

/**
 * The tips of one evening, which are given at the same time, and what strikes them. The first strike takes its turn among all
 * kinds, so that as many seeds as there are kinds have tried each.
 */
export function planEvening(seed: number): TipPlan[] {
  const chance = createChance(seed)
  const first = strikeKinds[seed % strikeKinds.length] ?? null
  const others = chance.someOf(
    strikeKinds.filter((kind) => kind !== first),
    strikesMax - 1,
  )
  const strikes = [first, ...others]
  return Array.from({ length: tipCount }, (_, index) => planTip(chance, strikes[index] ?? null))
}

function planTip(chance: Chance, strike: StrikeKind | null): TipPlan {
  const currency = chance.oneOf(['eur', 'eur', 'jpy'] as const)
  const plan: TipPlan = {
    amount: chance.integer(300, 20_000),
    currency,
    isAnonymous: chance.random() < 0.3,
    ending: chance.oneOf(endings),
    afterwards: chance.oneOf(fates),
    returns: chance.oneOf(['before_events', 'after_events', 'never'] as const),
    strike,
  }
  // What strikes the news of a payment needs one.
  const isPaid = plan.ending === 'paid' || plan.ending === 'declined_then_paid'
  if (strike !== null && !isOpenStrike(strike) && !isPaid) plan.ending = 'paid'
  if (isRefundStrike(strike)) plan.afterwards = 'refunded'
  // Who comes back is faster than the event else, and nothing is left to be struck.
  if (strike === 'events_before_the_return') plan.returns = 'after_events'
  // Who comes back puts right what the event alone has to do.
  if (isWebhookStrike(strike)) plan.returns = 'never'
  return plan
}

export const isOpenStrike = (strike: StrikeKind | null): strike is OpenStrike =>
  openStrikes.some((kind) => kind === strike)
export const isWebhookStrike = (strike: StrikeKind | null): strike is WebhookStrike =>
  webhookStrikes.some((kind) => kind === strike)
const isRefundStrike = (strike: StrikeKind | null): boolean => refundStrikes.some((kind) => kind === strike)
