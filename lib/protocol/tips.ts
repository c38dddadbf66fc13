import { z } from 'zod'
import { limits } from '#lib/domain/limits/limits.ts'

/** ISO 4217 in lower case, as Stripe writes it. */
export const currencySchema = z.string().regex(/^[a-z]{3}$/)
/** In the currency's smallest unit: cents, or whole yen. */
const minorUnitsSchema = z.number().int().nonnegative()

/** What may be given in a currency: decided by the server, shown to people. */
export const tipCurrencySchema = z.object({
  currency: currencySchema,
  /** How many digits its smallest unit lies behind the point: 0 or 2. */
  decimals: z.number().int(),
  minAmount: minorUnitsSchema,
  maxAmount: minorUnitsSchema,
  suggestedAmounts: z.array(minorUnitsSchema),
})
export type TipCurrency = z.infer<typeof tipCurrencySchema>

/** A tip as its room hears of it, once it is paid. Null is what its giver does not show. */
export const tipSchema = z.object({
  tipId: z.uuid(),
  /** Goes with the name, so that it can be left out for those who block its giver. */
  giverId: z.uuid().nullable(),
  name: z.string().nullable(),
  amount: minorUnitsSchema.nullable(),
  currency: currencySchema.nullable(),
  message: z.string().nullable(),
  at: z.number(),
})
export type Tip = z.infer<typeof tipSchema>

/** What a session collects for. */
export const tipGoalSchema = z.object({ amount: minorUnitsSchema, currency: currencySchema })

/** What a session's tips come to. */
export const tipFiguresSchema = z.object({
  /** The goal's, else the one that most tips had; null while there are none. */
  currency: currencySchema.nullable(),
  /** Told with a goal alone: it would give away hidden amounts. */
  raised: minorUnitsSchema.nullable(),
  /** Who gave most, of those who show it. */
  top: z.array(z.object({ userId: z.uuid(), name: z.string(), amount: minorUnitsSchema })),
})
export type TipFigures = z.infer<typeof tipFiguresSchema>

/** `GET /api/sessions/[id]/tips`: whether the DJ can be tipped, and in what. */
export const tipOfferSchema = z.object({ canBeTipped: z.boolean(), currencies: z.array(tipCurrencySchema) })
export type TipOffer = z.infer<typeof tipOfferSchema>

/** What somebody who gives a tip says. The command's id becomes the tip's: a repeat is the same tip. */
export const openTipSchema = z.object({
  commandId: z.uuid(),
  sessionId: z.uuid(),
  amount: minorUnitsSchema.positive(),
  currency: currencySchema,
  message: z.string().trim().max(limits.tipMessageMaxLength).optional(),
  isAnonymous: z.boolean(),
  showsAmount: z.boolean(),
})
export type OpenTip = z.infer<typeof openTipSchema>

/** Where to pay it. */
export const tipOpenedSchema = z.object({ tipId: z.uuid(), checkoutUrl: z.url() })

/** The `[id]` in the addresses of a tip's routes. */
export const tipParamsSchema = z.object({ id: z.uuid() })

/** In the order in which a tip moves; it goes back only from a refund that fails. */
export const tipStatuses = [
  'begun',
  'open',
  'expired',
  'failed',
  'paid',
  'partly_refunded',
  'refunded',
] as const

/**
 * `GET /api/tips/[id]`: how a tip that one gave stands. While it is not paid the server looks it up at the provider first:
 * whoever comes back from there may be faster than the news.
 */
export const givenTipSchema = z.object({
  tipId: z.uuid(),
  status: z.enum(tipStatuses),
  amount: minorUnitsSchema,
  currency: currencySchema,
  /** Null where the DJ, or the session, is gone. */
  djName: z.string().nullable(),
  sessionSlug: z.string().nullable(),
})
export type GivenTip = z.infer<typeof givenTipSchema>

/** `GET /api/me/payments`: whether one can be tipped, and what the provider still wants to know. */
export const paymentsStatusSchema = z.object({
  payments: z.enum(['off', 'test', 'live']),
  /** Null before one began to set it up. */
  account: z
    .object({
      chargesEnabled: z.boolean(),
      payoutsEnabled: z.boolean(),
      detailsSubmitted: z.boolean(),
      /** The provider's names of what is missing. */
      requirementsDue: z.array(z.string()),
      disabledReason: z.string().nullable(),
    })
    .nullable(),
})
export type PaymentsStatus = z.infer<typeof paymentsStatusSchema>

/** `POST /api/me/payments/onboarding` and `…/dashboard`: a page of the provider, for one visit. */
export const providerPageSchema = z.object({ url: z.url() })

export const receivedTipSchema = z.object({
  tipId: z.uuid(),
  sessionId: z.uuid().nullable(),
  /** Null for somebody who did not want to be named, or has left. */
  name: z.string().nullable(),
  amount: minorUnitsSchema,
  currency: currencySchema,
  /** What its giver got back, whoever paid it. */
  refundedAmount: minorUnitsSchema,
  /** What the DJ has of it: without what the house keeps, and without what was taken back. */
  netAmount: z.number().int(),
  dispute: z.enum(['none', 'open', 'won', 'lost']),
  /** What a refund took from the DJ did not reach its giver, and is the house's to keep until it is given back again. */
  hasFailedRefund: z.boolean(),
  message: z.string().nullable(),
  livemode: z.boolean(),
  paidAt: z.number(),
})
export type ReceivedTip = z.infer<typeof receivedTipSchema>

/** What somebody got in one currency. The net is without fees, and without the refunds that they paid. */
export const tipTotalSchema = z.object({
  currency: currencySchema,
  livemode: z.boolean(),
  tips: z.number().int(),
  amount: minorUnitsSchema,
  fees: minorUnitsSchema,
  refunds: minorUnitsSchema,
  net: z.number().int(),
})
export type TipTotal = z.infer<typeof tipTotalSchema>

/** How many tips `GET /api/me/tips` answers at once; fewer are the last ones. */
export const receivedTipsAtOnce = 50

/** `GET /api/me/tips?before=<tipId>`: what one received, the newest first. */
export const receivedTipsQuerySchema = z.object({ before: z.uuid().optional() })
export const receivedTipsSchema = z.object({
  tips: z.array(receivedTipSchema),
  totals: z.array(tipTotalSchema),
})

/** `POST /api/me/tips/[id]/refund`: gives the whole of it back. */
export const tipRefundedSchema = z.object({ tipId: z.uuid(), status: z.enum(tipStatuses) })
