import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { completeOnboarding } from '../payments/account-status.ts'
import { balancesOf } from '../payments/after-payment.ts'
import { formatAmount } from '../payments/currencies.ts'
import { find } from '../refusal.ts'
import { nowInSeconds } from '../state/ids.ts'
import type { Fake } from '../state/state.ts'
import { page } from './page.ts'

const onboardingForm = z.object({ onboarding: z.enum(['complete', 'incomplete']) })

/** What a connected account's person sees: the onboarding and the Express dashboard. */
export function accountPages(fake: Fake): Hono {
  const pages = new Hono()

  pages.get('/setup/e/:account/:token', (context) => {
    const link = find(fake.state.accountLinks, context.req.param('token'), 'account_link')
    // As at Stripe, a link opens once and for minutes; who comes later is sent for a new one.
    if (link.wasVisited || link.expiresAtInSeconds <= nowInSeconds())
      return context.redirect(link.refreshUrl, 303)
    link.wasVisited = true
    fake.save()
    return context.html(onboardingPage())
  })
  pages.post('/setup/e/:account/:token', async (context) => {
    const { accountId, returnUrl } = find(fake.state.accountLinks, context.req.param('token'), 'account_link')
    const { onboarding } = onboardingForm.parse(await context.req.parseBody())
    if (onboarding === 'complete') completeOnboarding(fake, find(fake.state.accounts, accountId, 'account'))
    fake.save()
    return context.redirect(returnUrl, 303)
  })

  pages.get('/express/:account/:token', (context) => {
    const accountId = find(fake.state.loginLinks, context.req.param('token'), 'login_link')
    return context.html(dashboardPage(balancesOf(fake.state, accountId)))
  })
  return pages
}

function onboardingPage() {
  return page(
    'Get paid',
    html`<p>Stripe would ask here who you are and where to send your money.</p>
<form method="post">
<button name="onboarding" value="complete">Complete</button>
<button name="onboarding" value="incomplete">Leave it incomplete</button>
</form>`,
  )
}

function dashboardPage(balances: Map<string, number>) {
  return page(
    'Balance',
    balances.size === 0
      ? html`<p>Nothing yet.</p>`
      : html`<ul>${[...balances].map(([currency, amount]) => html`<li>${formatAmount(amount, currency)}</li>`)}</ul>`,
  )
}
