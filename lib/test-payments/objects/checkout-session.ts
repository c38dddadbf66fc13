import type { Session } from '../state/state.ts'
import { nulls } from './nulls.ts'

type Given = Pick<
  Session,
  | 'id'
  | 'amount_total'
  | 'cancel_url'
  | 'client_reference_id'
  | 'created'
  | 'currency'
  | 'customer_email'
  | 'expires_at'
  | 'metadata'
  | 'success_url'
  | 'url'
>

export function newSession(given: Given): Session {
  return {
    ...nulls('adaptive_pricing', 'after_expiration', 'allow_promotion_codes', 'allowed_payment_method_types'),
    ...nulls('billing_address_collection', 'client_secret', 'collected_information', 'consent'),
    ...nulls('consent_collection', 'currency_conversion', 'customer', 'customer_account', 'customer_details'),
    ...nulls('discounts', 'integration_identifier', 'invoice', 'invoice_creation', 'locale'),
    ...nulls('managed_payments', 'origin_context', 'payment_intent', 'payment_link', 'permissions'),
    ...nulls('payment_method_configuration_details', 'recovered_from', 'saved_payment_method_options'),
    ...nulls('setup_intent', 'shipping_address_collection', 'shipping_cost', 'submit_type', 'subscription'),
    ...nulls('wallet_options'),
    ...given,
    object: 'checkout.session',
    amount_subtotal: given.amount_total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    custom_fields: [],
    custom_text: nulls('after_submit', 'shipping_address', 'submit', 'terms_of_service_acceptance'),
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

/** What Checkout's page asks for where the session does not bring it. */
const typedEmail = 'payer@example.com'

/** Marks a session as paid by a PaymentIntent. */
export function completeSession(session: Session): void {
  session.status = 'complete'
  session.payment_status = 'paid'
  session.url = null
  session.customer_details = {
    ...nulls('address', 'business_name', 'individual_name', 'name', 'phone', 'tax_ids'),
    email: session.customer_email ?? typedEmail,
    tax_exempt: 'none',
  }
}
