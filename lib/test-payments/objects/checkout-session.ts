import type Stripe from 'stripe'
import type { Session } from '../state/state.ts'
import { nullsOf } from './nulls.ts'

const nulls = nullsOf<Session>()

type Given = Pick<
  Session,
  | 'id'
  | 'adaptive_pricing'
  | 'amount_total'
  | 'cancel_url'
  | 'client_reference_id'
  | 'created'
  | 'currency'
  | 'expires_at'
  | 'metadata'
  | 'submit_type'
  | 'success_url'
  | 'url'
>

/** An open session that nobody has paid. */
export function newSession(given: Given): Session {
  return {
    ...nulls('after_expiration', 'allow_promotion_codes', 'allowed_payment_method_types'),
    ...nulls('billing_address_collection', 'client_secret', 'collected_information', 'consent'),
    ...nulls('consent_collection', 'currency_conversion', 'customer', 'customer_account', 'customer_details'),
    ...nulls(
      'customer_email',
      'discounts',
      'integration_identifier',
      'invoice',
      'invoice_creation',
      'locale',
    ),
    ...nulls('managed_payments', 'origin_context', 'payment_intent', 'payment_link', 'permissions'),
    ...nulls('payment_method_configuration_details', 'recovered_from', 'saved_payment_method_options'),
    ...nulls('setup_intent', 'shipping_address_collection', 'shipping_cost', 'subscription'),
    ...nulls('wallet_options'),
    ...given,
    object: 'checkout.session',
    amount_subtotal: given.amount_total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    custom_fields: [],
    custom_text: nullsOf<Stripe.Checkout.Session.CustomText>()(
      'after_submit',
      'shipping_address',
      'submit',
      'terms_of_service_acceptance',
    ),
    customer_creation: 'if_required',
    livemode: false,
    mode: 'payment',
    payment_method_collection: 'if_required',
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    shipping_options: [],
    status: 'open',
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
  }
}

const nullDetails = nullsOf<Stripe.Checkout.Session.CustomerDetails>()

/** What Checkout's page asks for. */
const typedEmail = 'payer@example.com'

/** Marks a session as paid by a PaymentIntent. */
export function completeSession(session: Session): void {
  session.status = 'complete'
  session.payment_status = 'paid'
  session.url = null
  session.customer_details = {
    ...nullDetails('address', 'business_name', 'individual_name', 'name', 'phone', 'tax_ids'),
    email: typedEmail,
    tax_exempt: 'none',
  }
}
