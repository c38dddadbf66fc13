import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import { currency, offeringId, offerings, products } from './catalogue.ts'
import { customerInfo, customerOf, productId } from './customers.ts'
import { buy } from './purchases.ts'
import { RevenueCatRefusal } from './refusal.ts'
import { refuseParameters } from './refuse-parameters.ts'
import type { Fake } from './state.ts'

/** What RevenueCat's web SDK posts for a purchase in the Test Store. */
const receiptSchema = z.strictObject({
  fetch_token: z.string().regex(/^test_\d+_[\w-]+$/),
  product_id: z.literal(productId),
  currency: z.literal(currency),
  app_user_id: z.string().min(1),
  presented_offering_identifier: z.literal(offeringId),
  presented_placement_identifier: z.null(),
  applied_targeting_rule: z.null(),
  initiation_source: z.literal('purchase'),
})

/** Everybody's pages may ask, as at RevenueCat: what lets in is a public key, which no browser adds by itself. */
const letBrowsersAsk = cors({
  origin: '*',
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['authorization', 'content-type', 'x-is-sandbox', 'x-platform', 'x-version'],
})

const knowTheSdk = createMiddleware(async (context, next) => {
  if (!/^Bearer test_\w+$/.test(context.req.header('authorization') ?? ''))
    throw new RevenueCatRefusal(401, 7225, 'Invalid API key.')
  if (context.req.header('x-platform') !== 'web' || context.req.header('x-is-sandbox') !== 'true')
    throw new RevenueCatRefusal(400, 7000, 'This is not the web SDK with a key of the Test Store.')
  await next()
})

/** What RevenueCat's web SDK asks with a key of the Test Store (@revenuecat/purchases-js, `Purchases.es.js`). */
export function createSdkApi(fake: Fake) {
  const api = new Hono<{ Bindings: HttpBindings }>()
  const paths = {
    offerings: '/v1/subscribers/:id/offerings',
    products: '/rcbilling/v1/subscribers/:id/products',
    receipts: '/v1/receipts',
  }
  for (const path of Object.values(paths)) api.use(path, letBrowsersAsk, knowTheSdk)

  api.get(paths.offerings, (context) => {
    refuseParameters(context)
    return context.json(offerings())
  })

  api.get(paths.products, (context) => {
    refuseParameters(context, 'id')
    if (context.req.queries('id')?.join() !== productId)
      throw new RevenueCatRefusal(400, 7662, `There is one product: ${productId}.`)
    return context.json(products())
  })

  api.post(paths.receipts, async (context) => {
    refuseParameters(context)
    const { app_user_id: id, fetch_token: receipt } = await receiptOf(context)
    buy(fake, id, { receipt })
    return context.json(customerInfo(fake, customerOf(fake.state, id).customer))
  })
  return api
}

/** @throws RevenueCatRefusal */
async function receiptOf(context: Context): Promise<z.infer<typeof receiptSchema>> {
  const { data, error } = receiptSchema.safeParse(await context.req.json().catch(() => null))
  if (error) throw new RevenueCatRefusal(400, 7226, z.prettifyError(error))
  return data
}
