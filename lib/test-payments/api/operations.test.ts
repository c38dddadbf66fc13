import type Stripe from 'stripe'
import { expectTypeOf, test } from 'vitest'
import type { Foreign } from './operations.ts'

// What is expected here fails where types are checked, not where tests run.
test('finds what Stripe does not have: a name, a value of an enum, a type, at any depth', () => {
  type Theirs = Stripe.Checkout.SessionCreateParams
  expectTypeOf<Foreign<{ mode: 'payment'; metadata: Record<string, string> }, Theirs>>().toBeNever()
  expectTypeOf<Foreign<{ locale: 'es'; client_reference_id: string }, Theirs>>().toBeNever()
  expectTypeOf<Foreign<{ colour: string }, Theirs>>().toEqualTypeOf<'colour'>()
  expectTypeOf<Foreign<{ mode: 'gift' }, Theirs>>().toEqualTypeOf<'gift'>()
  expectTypeOf<Foreign<{ locale: string }, Theirs>>().toEqualTypeOf<string>()
  expectTypeOf<Foreign<{ expires_at: boolean }, Theirs>>().toEqualTypeOf<boolean>()
  expectTypeOf<
    Foreign<{ line_items: { price_data: { colour: string } }[] }, Theirs>
  >().toEqualTypeOf<'colour'>()
})
