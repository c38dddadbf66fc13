import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { page } from '../pages/page.ts'
import { type Happening, happen } from './purchases.ts'
import { RevenueCatRefusal } from './refusal.ts'
import type { Fake } from './state.ts'

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

/** The hosted page: where a subscription is managed. It works without JavaScript. */
export function createPages(fake: Fake): Hono {
  const pages = new Hono()
  /** Whoever comes back to the app finds it done there, too. */
  const save = () => {
    fake.save()
    return Promise.race([fake.settled(), delay(patienceInMs, undefined, { ref: false })])
  }

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

const managementPage = (done: Happening | null) =>
  page(
    'Your subscription',
    html`${done ? html`<p role="status">Done: ${done}</p>` : ''}
<form method="post">
${actions.map(([name, label]) => html`<button name="happening" value="${name}">${label}</button>`)}
</form>`,
  )
