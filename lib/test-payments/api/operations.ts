import type Stripe from 'stripe'

/**
 * What each endpoint takes and answers, in the words of the SDK's declarations, which are made from Stripe's OpenAPI for
 * the version that the SDK speaks.
 */
export type Operations = {
  'POST /v1/accounts': { takes: Stripe.AccountCreateParams; answers: Stripe.Account }
  'GET /v1/accounts/:id': { takes: Stripe.AccountRetrieveParams; answers: Stripe.Account }
  'POST /v1/accounts/:id/login_links': {
    takes: Stripe.AccountCreateLoginLinkParams
    answers: Stripe.LoginLink
  }
  'POST /v1/account_links': { takes: Stripe.AccountLinkCreateParams; answers: Stripe.AccountLink }
  'POST /v1/checkout/sessions': {
    takes: Stripe.Checkout.SessionCreateParams
    answers: Stripe.Checkout.Session
  }
  'GET /v1/checkout/sessions': {
    takes: Stripe.Checkout.SessionListParams
    answers: Stripe.ApiList<Stripe.Checkout.Session>
  }
  'GET /v1/checkout/sessions/:id': {
    takes: Stripe.Checkout.SessionRetrieveParams
    answers: Stripe.Checkout.Session
  }
  'POST /v1/checkout/sessions/:id/expire': {
    takes: Stripe.Checkout.SessionExpireParams
    answers: Stripe.Checkout.Session
  }
  'GET /v1/payment_intents/:id': { takes: Stripe.PaymentIntentRetrieveParams; answers: Stripe.PaymentIntent }
  'GET /v1/charges': { takes: Stripe.ChargeListParams; answers: Stripe.ApiList<Stripe.Charge> }
  'GET /v1/charges/:id': { takes: Stripe.ChargeRetrieveParams; answers: Stripe.Charge }
  'POST /v1/refunds': { takes: Stripe.RefundCreateParams; answers: Stripe.Refund }
  'GET /v1/refunds': { takes: Stripe.RefundListParams; answers: Stripe.ApiList<Stripe.Refund> }
  'GET /v1/refunds/:id': { takes: Stripe.RefundRetrieveParams; answers: Stripe.Refund }
  'POST /v1/application_fees/:id/refunds': {
    takes: Stripe.ApplicationFeeCreateRefundParams
    answers: Stripe.FeeRefund
  }
  'GET /v1/disputes': { takes: Stripe.DisputeListParams; answers: Stripe.ApiList<Stripe.Dispute> }
  'GET /v1/disputes/:id': { takes: Stripe.DisputeRetrieveParams; answers: Stripe.Dispute }
  'GET /v1/events': { takes: Stripe.EventListParams; answers: Stripe.ApiList<Stripe.EventBase> }
  'GET /v1/events/:id': { takes: Stripe.EventRetrieveParams; answers: Stripe.EventBase }
}

/**
 * What of `Ours` Stripe does not have, at any depth: a field's name, an enum's value, a type; never where all is Stripe's.
 * Being assignable is not enough: a name too many is, and so is any text where the SDK leaves an enum open.
 */
export type Foreign<Ours, Theirs> = Ours extends undefined
  ? never
  : Ours extends string
    ? Ours extends Listed<Theirs>
      ? never
      : Ours
    : Ours extends readonly (infer Item)[]
      ? Foreign<Item, Extract<Theirs, readonly unknown[]>[number]>
      : Ours extends object
        ? {
            [Name in keyof Ours]-?: Name extends NameIn<Theirs>
              ? Foreign<Ours[Name], FieldOf<Theirs, Name>>
              : Name
          }[keyof Ours]
        : Ours extends Theirs
          ? never
          : Ours

/** The texts that may stand there: an enum's values, or any. */
type Listed<Theirs> = [Value<Theirs>] extends [never] ? Extract<Theirs, string> : Value<Theirs>
type Value<Theirs> = Theirs extends string ? (string extends Theirs ? never : Theirs) : never
type NameIn<Theirs> = Theirs extends object ? keyof Theirs : never
type FieldOf<Theirs, Name> = Theirs extends object
  ? Name extends keyof Theirs
    ? Theirs[Name]
    : never
  : never
