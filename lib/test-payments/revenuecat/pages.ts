import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { page } from '../pages/page.ts'
import { customerOf, hasAccess } from './customers.ts'
import { buy, type Happening, happen } from './purchases.ts'
import { RevenueCatRefusal } from './refusal.ts'
import type { Fake } from './state.ts'

/** The path of the one Web Purchase Link; an id follows. */
export const purchasePath = '/pay/plus'
const price = '4.99 EUR a month'
const patienceInMs = 5_000

const actions: readonly (readonly [Happening, string])[] = [
  ['cancel', 'Cancel'],
  ['resume', 'Do not cancel'],
  ['pause', 'Pause'],
  ['billing_issue', 'Have the card fail'],
  ['renew', 'Pay and renew'],
  ['refund', 'Get the money back'],
  ['expire', 'Let the time run out'],
]
const happeningForm = z.object({ happening: z.enum(actions.map(([name]) => name) as [Happening]) })

/** The hosted pages: what a Web Purchase Link opens, and where a subscription is managed. They work without JavaScript. */
export function createPages(fake: Fake): Hono {
  const pages = new Hono()
  const customer = (id: string) => customerOf(fake.state, id).customer
  /** Whoever comes back to the app finds it done there, too. */
  const save = () => {
    fake.save()
    return Promise.race([fake.settled(), delay(patienceInMs, undefined, { ref: false })])
  }

  pages.get(`${purchasePath}/:id`, (context) => {
    const { subscription } = customer(context.req.param('id'))
    return context.html(hasAccess(subscription) ? boughtPage() : purchasePage())
  })
  pages.post(`${purchasePath}/:id`, async (context) => {
    buy(fake, context.req.param('id'))
    await save()
    return context.html(boughtPage())
  })

  pages.get('/manage/:id', (context) => context.html(managementPage(null)))
  pages.post('/manage/:id', async (context) => {
    const { happening } = happeningForm.parse(await context.req.parseBody())
    happen(fake, context.req.param('id'), happening)
    await save()
    return context.html(managementPage(happening))
  })

  pages.notFound((context) => context.text('There is no such page.', 404))
  pages.onError((error, context) =>
    context.text(
      error.message,
      error instanceof RevenueCatRefusal || error instanceof z.ZodError ? 400 : 500,
    ),
  )
  return pages
}

const purchasePage = () =>
  page('WhatsSound Plus', html`<form method="post"><button>Subscribe for ${price}</button></form>`)

const boughtPage = () => page('Subscribed', html`<p role="status">Thank you. You can close this tab.</p>`)

const managementPage = (done: Happening | null) =>
  page(
    'Your subscription',
    html`${done ? html`<p role="status">Done: ${done}</p>` : ''}
<form method="post">
${actions.map(([name, label]) => html`<button name="happening" value="${name}">${label}</button>`)}
</form>`,
  )
