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
  name: z.string().nullable(),
  amount: minorUnitsSchema.nullable(),
  currency: currencySchema.nullable(),
  message: z.string().nullable(),
  at: z.number(),
})
export type Tip = z.infer<typeof tipSchema>

/** `GET /api/sessions/[id]/tips`: whether the DJ can be tipped, in what, and how the evening goes. */
export const sessionTipsSchema = z.object({
  canBeTipped: z.boolean(),
  currencies: z.array(tipCurrencySchema),
  /** What the figures below are in; null while there are none. */
  currency: currencySchema.nullable(),
  goal: minorUnitsSchema.nullable(),
  /** Told with a goal alone: it would give away hidden amounts. */
  raised: minorUnitsSchema.nullable(),
  top: z.array(z.object({ name: z.string(), amount: minorUnitsSchema })),
})
export type SessionTips = z.infer<typeof sessionTipsSchema>

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
