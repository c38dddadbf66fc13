import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { declined } from '../objects/payment.ts'
import { pay } from '../payments/checkout.ts'
import { formatAmount } from '../payments/currencies.ts'
import { find } from '../refusal.ts'
import type { Fake, Session } from '../state/state.ts'
import { page } from './page.ts'

const kind = 'checkout.session'
const paymentForm = z.object({ card: z.enum(['accepted', 'declined']) })

/** Checkout's hosted page: pay, pay with a card that is declined, or go back. */
export function checkoutPage(fake: Fake): Hono {
  const pages = new Hono()
  pages.get('/c/pay/:id', (context) => {
    const session = find(fake.state.sessions, context.req.param('id'), kind)
    return context.html(session.status === 'open' ? paymentPage(fake, session) : closedPage(session))
  })
  pages.post('/c/pay/:id', async (context) => {
    const session = find(fake.state.sessions, context.req.param('id'), kind)
    const { card } = paymentForm.parse(await context.req.parseBody())
    if (session.status !== 'open') return context.html(closedPage(session))
    const { paid } = pay(fake, session, card)
    fake.save()
    return paid
      ? context.redirect(withId(session.success_url, session), 303)
      : context.html(paymentPage(fake, session, declined.message))
  })
  return pages
}

/** Fills in the session's id where the address asks for it. */
const withId = (url: string, { id }: Session) => url.replaceAll('{CHECKOUT_SESSION_ID}', id)

function paymentPage({ state }: Fake, session: Session, failure?: string) {
  const amount = formatAmount(session.amount_total, session.currency)
  return page(
    `Pay ${amount}`,
    html`<p>${state.orders[session.id]?.title}</p>
${failure ? html`<p role="alert">${failure}</p>` : ''}
<form method="post">
<button name="card" value="accepted">Pay ${amount}</button>
<button name="card" value="declined">Pay with a card that is declined</button>
</form>
${session.cancel_url ? html`<a href="${withId(session.cancel_url, session)}">Cancel and go back</a>` : ''}`,
  )
}

function closedPage(session: Session) {
  if (session.status === 'expired') return page('Expired', html`<p>This payment was not made in time.</p>`)
  return page(
    'Paid',
    html`<p>This payment is made.</p><a href="${withId(session.success_url, session)}">Go back</a>`,
  )
}
