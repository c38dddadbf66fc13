import { productId } from './customers.ts'

/** What is for sale: one product, in the one offering that there is. */
export const offeringId = 'default'
export const currency = 'EUR'
const priceInMicros = 4_990_000

/** The answer of `GET /v1/subscribers/{app_user_id}/offerings`, as RevenueCat's web SDK reads it. */
export const offerings = () => ({
  current_offering_id: offeringId,
  offerings: [
    {
      identifier: offeringId,
      description: 'WhatsSound Plus',
      metadata: null,
      packages: [{ identifier: '$rc_monthly', platform_product_identifier: productId }],
      paywall_components: null,
    },
  ],
  placements: null,
  targeting: null,
})

/** The answer of `GET /rcbilling/v1/subscribers/{app_user_id}/products`, as the SDK reads it. */
export const products = () => ({
  product_details: [
    {
      identifier: productId,
      product_type: 'subscription',
      title: 'WhatsSound Plus',
      description: null,
      default_purchase_option_id: 'base_option',
      purchase_options: {
        base_option: {
          id: 'base_option',
          price_id: 'price_monthly',
          base: { period_duration: 'P1M', cycle_count: 1, price: { amount_micros: priceInMicros, currency } },
          trial: null,
          intro_price: null,
        },
      },
    },
  ],
})
