import { expectAccessible } from '../../fixtures/accessible.ts'
import { openAccount, signUp } from '../../fixtures/account.ts'
import { newEmail } from '../../fixtures/inbox.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'

const testNote = 'Test payments: no money moves.'
const sessionsAnHour = 10
/** The SDK's own dialog, which stands for the payment form: in English, and nothing of it can be changed. */
const testStore = '.rc-simulated-store-modal-overlay'

/** Opens a session as a program would; the status of the answer. */
const openSession = ({ page }: Person): Promise<number> =>
  page.evaluate(async () => {
    const body = JSON.stringify({ title: 'Night', visibility: 'unlisted' })
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/api/sessions', { method: 'POST', body, headers })).status
  })

/** Tries to open one more session by the form; where it goes wrong, its alert says why. */
async function openOneMore({ page }: Person, title: string): Promise<void> {
  await page.goto('/studio')
  await page.getByLabel('Name of the session').fill(title)
  await page.getByRole('button', { name: 'Open the room' }).click()
}

/** The library's own words for how long a track may be. */
const trackLimit = ({ page }: Person, minutes: number) => page.getByText(`Up to ${minutes} minutes each.`)

/** What sells Plus, by its first words: the price behind them is RevenueCat's. */
const getPlus = ({ page }: Person) => page.getByRole('button', { name: 'Get Plus for' })

/** Opens the form of RevenueCat's SDK, a dialog where a key of the Test Store is used, and presses a button of it. */
async function buy(person: Person, answer: 'Test valid purchase' | 'Test failed purchase' | 'Cancel') {
  await getPlus(person).click()
  await person.page.locator(testStore).getByRole('button', { name: answer, exact: true }).click()
  await expect(person.page.locator(testStore)).toHaveCount(0)
}

/** Does something on the provider's page of one's subscription, and comes back once the news of it was taken. */
async function manage({ page }: Person, action: string): Promise<void> {
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Manage or cancel' }).click()
  const management = await opened
  await management.getByRole('button', { name: action, exact: true }).click()
  await expect(management.getByRole('status')).toContainText('Done')
  await management.close()
}

test('somebody subscribes on a phone, has no limit on sessions, and has it again when Plus ends', async ({
  person,
}) => {
  const ana = await person('Ana')
  const { page } = ana
  const status = page.getByRole('region', { name: 'Your Plus' }).getByRole('status').first()

  await test.step('she opens as many sessions as everybody may, and one more is refused', async () => {
    await signUp(ana, newEmail())
    for (let count = 0; count < sessionsAnHour; count++) expect(await openSession(ana)).toBe(200)
    await openOneMore(ana, 'The eleventh')
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await expect(trackLimit(ana, 90)).toBeVisible()
    // The browser says so too.
    expect(ana.complaints.splice(0)).toEqual([expect.stringContaining('429')])
  })

  await test.step('where she is refused, Plus is offered', async () => {
    await expectAccessible(page)
    await page.getByRole('link', { name: 'With Plus there is no limit on sessions' }).click()
    await expect(page.getByRole('heading', { name: 'WhatsSound Plus', level: 1 })).toBeVisible()
    // It is loaded anew for whoever comes by a link of the app: the page before did not let RevenueCat in.
    await expect(getPlus(ana)).toBeVisible()
  })

  await test.step('her account leads there too, and the page says what it gives', async () => {
    const section = await openAccount(ana)
    await section('WhatsSound Plus').getByRole('link', { name: 'To WhatsSound Plus' }).click()
    await expect(page.getByRole('heading', { name: 'WhatsSound Plus', level: 1 })).toBeVisible()
    await expect(getPlus(ana)).toHaveText('Get Plus for €4.99 a month')
    await expect(page.getByText(testNote)).toBeVisible()
    await expect(status).toHaveText('You do not have Plus.')
    const offer = page.getByRole('table', { name: 'What everybody has, and what Plus gives' })
    await expect(offer.getByRole('row', { name: /Best quality/ })).toContainText('128 kbit/s256 kbit/s')
    await expect(offer.getByRole('row', { name: /Length/ })).toContainText('90 minutes240 minutes')
    await expect(offer.getByRole('row', { name: /New sessions/ })).toContainText(
      '10 an hourAs many as you like',
    )
    await expectAccessible(page)
  })

  await test.step('the page that sells lets RevenueCat and Stripe in, and no other', async () => {
    const policyOf = async (path: string) =>
      (await page.request.get(path)).headers()['content-security-policy'] ?? ''
    expect(await policyOf('/plus')).toContain('js.stripe.com')
    for (const path of ['/', '/account', '/studio']) expect(await policyOf(path)).not.toContain('stripe')
  })

  await test.step('closing the form, or a card that is refused, gives nothing', async () => {
    await buy(ana, 'Cancel')
    await expect(getPlus(ana)).toBeFocused()
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
    await buy(ana, 'Test failed purchase')
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(
      'The payment did not go through. Try again, or pay in another way.',
    )
    await expectAccessible(page)
    const lookedUp = page.waitForResponse((response) => response.url().endsWith('/api/me/plan/look-up'))
    await page.getByRole('button', { name: 'Check again' }).click()
    expect((await lookedUp).status()).toBe(200)
    await expect(status).toHaveText('You do not have Plus.')
  })

  await test.step('she subscribes, and the page says so by itself', async () => {
    await buy(ana, 'Test valid purchase')
    await expect(status).toHaveText(/^You have Plus\. It renews on /)
    await expect(getPlus(ana)).toHaveCount(0)
    await expectAccessible(page)
  })

  await test.step('the limits are lifted', async () => {
    await openOneMore(ana, 'The eleventh')
    await page.waitForURL(/\/s\//)
    await expect(page.getByRole('heading', { name: 'The eleventh' })).toBeVisible()
    await page.goto('/studio')
    await expect(trackLimit(ana, 240)).toBeVisible()
  })

  await test.step('she cancels and keeps it; her card fails and she keeps it for some days', async () => {
    await page.goto('/plus')
    await manage(ana, 'Cancel')
    await page.reload()
    await expect(status).toHaveText(/^You have Plus until .* It will not renew\.$/)
    await manage(ana, 'Have the card fail')
    await page.reload()
    await expect(status).toHaveText(/^Your payment did not go through\. You keep Plus until /)
    await expectAccessible(page)
  })

  await test.step('its time runs out, and the limits are back', async () => {
    await manage(ana, 'Let the time run out')
    await page.reload()
    await expect(status).toHaveText(/^Your Plus ended on /)
    await expect(getPlus(ana)).toBeVisible()
    await openOneMore(ana, 'The twelfth')
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await expect(trackLimit(ana, 90)).toBeVisible()
    expect(ana.complaints.splice(0)).toEqual([expect.stringContaining('429')])
  })

  await test.step('who leaves is told what is not cancelled by that', async () => {
    await page.goto('/plus')
    await buy(ana, 'Test valid purchase')
    await expect(status).toHaveText(/^You have Plus\. It renews on /)
    await page.goto('/account')
    await page.getByRole('button', { name: 'Delete the account', exact: true }).click()
    await expect(page.getByText('Deleting your account does not cancel your Plus')).toBeVisible()
    await expectAccessible(page)
  })
  expect(ana.complaints).toEqual([])
})

test('a guest is told what Plus needs, and whoever is nobody yet, too', async ({ person }) => {
  const gus = await person('Gus')
  const { page, complaints } = gus
  await page.goto('/plus')
  await expect(page.getByText('Sign in to see what Plus gives you.')).toBeVisible()
  await page.goto('/')
  await page.getByLabel('Your name').fill('Gus')
  await page.getByRole('button', { name: 'Enter', exact: true }).click()
  await expect(page.getByText('Hello, Gus')).toBeVisible()
  await page.goto('/plus')
  await expect(page.getByText('Plus needs an account that lasts.')).toBeVisible()
  await expect(getPlus(gus)).toHaveCount(0)
  await page.getByRole('main').getByRole('link', { name: 'Keep your account' }).click()
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
  expect(complaints).toEqual([])
})
