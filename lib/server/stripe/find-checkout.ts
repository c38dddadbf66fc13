import type { StripeAccess } from './stripe-access.ts'

/** A page is asked for when its tip begins; clocks differ. */
const soonerInMs = 60_000
const laterInMs = 10 * 60_000

/** The page that was opened for a tip, where the answer that told of it was lost; null where there is none. @throws StripeError */
export async function findCheckout(
  { stripe }: StripeAccess,
  tipId: string,
  begunAtInMs: number,
): Promise<string | null> {
  const created = {
    gte: Math.floor((begunAtInMs - soonerInMs) / 1000),
    lte: Math.ceil((begunAtInMs + laterInMs) / 1000),
  }
  for await (const { id, metadata } of stripe.checkout.sessions.list({ created, limit: 100 }))
    if (metadata?.tip_id === tipId) return id
  return null
}
