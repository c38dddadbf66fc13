import { expectAccessible } from '../../fixtures/accessible.ts'
import { signUp } from '../../fixtures/account.ts'
import { newEmail } from '../../fixtures/inbox.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import { join } from '../../fixtures/session.ts'

const testNote = 'Test payments: no money moves.'

/** Opens a session as somebody who has an account. */
async function openRoom({ page }: Person, title: string): Promise<string> {
  await page.goto('/studio')
  await page.getByLabel('Name of the session').fill(title)
  await page.getByRole('button', { name: 'Open the room' }).click()
  await page.waitForURL(/\/s\//)
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  return page.url()
}

/** Through the provider's form, and back on the page of one's tips. */
async function setUp({ page }: Person, action: string, answer: string): Promise<void> {
  await page.getByRole('button', { name: action }).click()
  await page.getByRole('button', { name: answer, exact: true }).click()
  await expect(page.getByRole('banner')).toBeVisible()
  await page.goto('/studio/tips')
}

/** Presses the button that pays, and gives the tab that it opens. */
async function goToPayment({ page }: Person, amount: string): Promise<Person['page']> {
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: `Pay ${amount}`, exact: true }).click()
  return opened
}

const tipsIn = ({ page }: Person) => page.getByRole('group', { name: 'Messages' }).getByTestId('tip')
const strip = ({ page }: Person) => page.getByRole('region', { name: 'Tips of the session' })

test('a DJ says where the money goes, listeners tip by card, and a tip is given back', async ({ person }) => {
  const marta = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const ben = await person('Ben', 'desktop')
  const cleo = await person('Cleo')
  let anasReturnAddress = ''
  let address = ''

  await test.step('Marta sets up tips, leaves it half way, and goes on', async () => {
    await signUp(marta, newEmail())
    const { page } = marta
    await page.goto('/studio')
    await page.getByRole('link', { name: 'Tips' }).click()
    await expect(page.getByText(testNote)).toBeVisible()
    await expect(page.getByText('No tips yet.')).toBeVisible()
    await setUp(marta, 'Set it up at Stripe', 'Leave it incomplete')
    await expect(page.getByText('You cannot be tipped yet: Stripe still needs something.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'What is missing' })).toBeVisible()
    await expectAccessible(page)
    await setUp(marta, 'Continue at Stripe', 'Complete')
    await expect(page.getByText('You can be tipped, and Stripe pays you out.')).toBeVisible()
  })

  await test.step('in her room she sets a goal', async () => {
    address = await openRoom(marta, 'For the new needles')
    const { page } = marta
    await page.getByRole('button', { name: 'Tip goal: none' }).click()
    await page.getByLabel('Amount of the goal').fill('one')
    await page.getByRole('button', { name: 'Set the goal' }).click()
    await expect(page.getByText('Choose or write an amount.')).toBeVisible()
    await page.getByLabel('Amount of the goal').fill('50')
    await page.getByRole('button', { name: 'Set the goal' }).click()
    await expect(page.getByRole('button', { name: 'Tip goal: $50' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(strip(marta).getByText('$0 of $50')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Tip Marta' })).toHaveCount(0)
    for (const listener of [ana, ben]) await join(listener, address)
  })

  await test.step('Ana chooses an amount, says something, and her card is declined first', async () => {
    const { page } = ana
    await page.getByRole('button', { name: 'Tip Marta' }).click()
    const sheet = page.getByRole('dialog', { name: 'A tip for Marta' })
    await expect(sheet.getByText(testNote)).toBeVisible()
    await sheet.getByText('$5', { exact: true }).click()
    await sheet.getByText('Add words, or hide your name').click()
    await sheet.getByLabel('A few words').fill('Encore! <b>¡Otra!</b>')
    await expectAccessible(page)
    const payment = await goToPayment(ana, '$5')
    await expect(sheet.getByText('The payment is open in another tab.')).toBeVisible()
    await payment.getByRole('button', { name: 'Pay with a card that is declined' }).click()
    await expect(payment.getByRole('alert')).toBeVisible()
    await expect(tipsIn(marta)).toHaveCount(0)
    await payment.getByRole('button', { name: 'Pay 5.00 USD' }).click()
    await expect(payment.getByRole('heading', { name: 'Thank you' })).toBeVisible()
    await expect(payment.getByText('Your tip of $5 for Marta is paid.')).toBeVisible()
    anasReturnAddress = payment.url()
    await expectAccessible(payment)
    await payment.close()
    await expect(sheet.getByText('Paid. Thank you!')).toBeVisible()
    await sheet.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('the room hears of it once, and what was written stays text', async () => {
    for (const somebody of [marta, ana, ben]) {
      await expect(tipsIn(somebody)).toHaveCount(1)
      await expect(tipsIn(somebody)).toContainText('Ana tipped $5')
      await expect(tipsIn(somebody)).toContainText('Encore! <b>¡Otra!</b>')
      await expect(strip(somebody).getByText('$5 of $50')).toBeVisible()
      await expect(strip(somebody).getByRole('listitem')).toHaveText(['Ana$5'])
    }
    await expect(ben.page.locator('[aria-live]', { hasText: 'Ana tipped $5: Encore!' })).toHaveCount(1)
  })

  await test.step('Ben tips by keyboard, an amount of his own, and is not named', async () => {
    const { page } = ben
    const button = page.getByRole('button', { name: 'Tip Marta' })
    await button.press('Enter')
    const sheet = page.getByRole('dialog', { name: 'A tip for Marta' })
    await expect(sheet).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await expect(button).toBeFocused()
    await button.press('Enter')
    await sheet.getByRole('radio', { name: 'Another amount' }).press('Space')
    await sheet.getByLabel('Your amount').fill('1,50')
    await sheet.getByLabel('Your amount').press('Enter')
    await expect(sheet.getByText('The least is $5.')).toBeVisible()
    await sheet.getByLabel('Your amount').fill('12,50')
    await sheet.getByText('Add words, or hide your name').press('Enter')
    await sheet.getByRole('switch', { name: 'Do not say who I am' }).press('Space')
    await sheet.getByRole('switch', { name: 'Show the amount to the room' }).press('Space')
    const payment = await goToPayment(ben, '$12.50')
    await payment.getByRole('button', { name: 'Pay 12.50 USD' }).click()
    await expect(payment.getByRole('heading', { name: 'Thank you' })).toBeVisible()
    await payment.close()
    await sheet.getByRole('button', { name: 'Close' }).click()
    await expect(tipsIn(marta)).toHaveText([/Ana tipped \$5/, /^Somebody tipped$/])
    await expect(strip(marta).getByText('$17.50 of $50')).toBeVisible()
    await expect(strip(marta).getByRole('listitem')).toHaveText(['Ana$5'])
  })

  await test.step('the address that one comes back to is worth nothing to others', async () => {
    const other = await ben.page.context().newPage()
    const answer = await other.goto(anasReturnAddress)
    expect(answer?.status()).toBe(404)
    await expect(other.getByRole('heading', { name: 'No such tip' })).toBeVisible()
    await other.close()
  })

  await test.step('Marta sees what came, and gives the first one back', async () => {
    const page = await marta.page.context().newPage()
    await page.goto('/studio/tips')
    const received = page.getByRole('region', { name: 'Received' }).getByRole('listitem')
    await expect(received).toHaveText([/Somebody\$12\.50/, /Ana\$5.*Encore!/])
    await expect(page.getByRole('region', { name: 'In total' }).getByText('$17.50')).toBeVisible()
    await page.getByRole('button', { name: 'Give back $5 to Ana' }).click()
    const question = page.getByRole('dialog', { name: 'Give this tip back?' })
    await expectAccessible(page)
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toBeHidden()
    await page.getByRole('button', { name: 'Give back $5 to Ana' }).click()
    await question.getByRole('button', { name: 'Give it back' }).click()
    await expect(received.nth(1)).toContainText('given back')
    await expect(page.getByRole('button', { name: 'Give back $5 to Ana' })).toHaveCount(0)
    await expectAccessible(page)
    await page.close()
    const anasTab = await ana.page.context().newPage()
    await anasTab.goto(anasReturnAddress)
    await expect(anasTab.getByText('Your tip of $5 was given back.')).toBeVisible()
    await anasTab.close()
  })

  await test.step('a newcomer sees what came, and Marta takes the words away for everybody', async () => {
    await join(cleo, address)
    await expect(tipsIn(cleo)).toHaveText([/Ana tipped \$5Encore!/, /^Somebody tipped$/])
    await expect(strip(cleo).getByText('$12.50 of $50')).toBeVisible()
    await marta.page.getByRole('button', { name: 'Remove the words of Ana' }).click()
    for (const somebody of [marta, ana, ben, cleo])
      await expect(tipsIn(somebody)).toHaveText([/^Ana tipped \$5$/, /^Somebody tipped$/])
    await expect(marta.page.getByRole('button', { name: 'Remove the words of Ana' })).toHaveCount(0)
  })

  for (const { name, complaints } of [marta, ana, ben, cleo]) expect(complaints, name).toEqual([])
})

test('a guest who plays is told what tips need, and nobody can tip them', async ({ person }) => {
  const dj = await person('Gus', 'desktop')
  const { page } = dj
  await page.goto('/studio/tips')
  await expect(page.getByText('Sign in to see your tips.')).toBeVisible()
  await page.goto('/')
  await page.getByLabel('Your name').fill('Gus')
  await page.getByRole('button', { name: 'Enter', exact: true }).click()
  await expect(page.getByText('Hello, Gus')).toBeVisible()
  await page.goto('/studio/tips')
  await expect(page.getByText('Tips need an account that lasts.')).toBeVisible()

  const address = await openRoom(dj, 'No tips tonight')
  const ana = await person('Ana')
  const asked = ana.page.waitForResponse((response) => /\/api\/sessions\/[^/]+\/tips$/.test(response.url()))
  await join(ana, address)
  expect(await (await asked).json()).toMatchObject({ canBeTipped: false })
  await expect(ana.page.getByRole('button', { name: 'Tip Gus' })).toHaveCount(0)
  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})
