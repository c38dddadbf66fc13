import { z } from 'zod'
import { renditionNames } from './tracks.ts'

/** What somebody may do by their plan. Decided by SQL (`private.plan_limits`), shown to people. */
export const limitsSchema = z.object({
  /** Of a track, and so of a recorded set that becomes one. */
  trackMaxInMs: z.number().int().positive(),
  /** Of a file that is uploaded as it is, for the server to encode. */
  originalMaxBytes: z.number().int().positive(),
  /** Null: as many as one likes. */
  sessionsAnHour: z.number().int().positive().nullable(),
  /** What of one's new tracks is published. */
  renditions: z.array(z.enum(renditionNames)),
})
export type Limits = z.infer<typeof limitsSchema>

/** What somebody bought, as it stood when they were looked up last. Times are in milliseconds since the epoch. */
const subscriptionSchema = z.object({
  isActive: z.boolean(),
  /** Null: it has no end. */
  endsAt: z.number().nullable(),
  /** It ends then and does not renew. */
  isCancelled: z.boolean(),
  isRefunded: z.boolean(),
  /** The store could not be paid and tries again. */
  hasBillingIssue: z.boolean(),
  /** When it goes on, where it is paused or going to be. */
  resumesAt: z.number().nullable(),
  isSandbox: z.boolean(),
  /** The store's page on which it is changed and cancelled. */
  managementUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
})
export type Subscription = z.infer<typeof subscriptionSchema>

/** `GET /api/me/plan` */
export const myPlanSchema = z.object({
  /** `open`: Plus is not to be had here, and everybody has all there is. */
  plan: z.enum(['open', 'standard', 'plus']),
  limits: limitsSchema,
  /** What Plus gives, beside what everybody has; null where it is not to be had. */
  offer: z.object({ standard: limitsSchema, plus: limitsSchema }).nullable(),
  subscription: subscriptionSchema.nullable(),
})
export type MyPlan = z.infer<typeof myPlanSchema>

/** By what a browser buys for somebody (`lib/client/plus`); given to them alone, on the page that sells. */
export type PlusShop = {
  /** This project's public key at RevenueCat. */
  webKey: string
  /** Where browsers reach RevenueCat's API, or what stands in for it. */
  publicApiUrl: string
  /** For whom is bought: who they are at RevenueCat. Whoever knew it could ask there what they bought. */
  customerId: string
  /** What the form is filled with; null where the person has none. */
  email: string | null
}
