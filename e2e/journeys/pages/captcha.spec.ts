import { openAccount } from '../../fixtures/account.ts'
import { configureCaptcha } from '../../fixtures/captcha.ts'
import { newPhone } from '../../fixtures/inbox.ts'
import { expect, test } from '../../fixtures/people.ts'
import { enterAsGuest } from '../../fixtures/session.ts'

test('every code that is asked for brings a token of its own', async ({ person }) => {
  const guest = await person('Guest')
  await enterAsGuest(guest)
  await configureCaptcha(guest.page)
  const tokens: unknown[] = []
  await guest.page.route('**/api/auth/codes', (route) => {
    tokens.push(route.request().postDataJSON().captchaToken)
    return tokens.length === 1
      ? route.fulfill({ status: 409, json: { error: { code: 'address_taken' } } })
      : route.fulfill({ json: { resendAfterInMs: 0 } })
  })

  const ways = (await openAccount(guest))('Ways to sign in')
  await ways.getByRole('button', { name: 'Add a phone' }).click()
  await expect(ways.locator('#cf-turnstile')).toBeAttached()
  await ways.getByLabel('Phone number').fill(newPhone())
  await ways.getByRole('button', { name: 'Send the code' }).click()
  await ways.getByRole('button', { name: 'Sign in to that account' }).click()
  await expect(ways.getByLabel('Code', { exact: true })).toBeVisible()
  await ways.getByRole('button', { name: 'Send another code' }).click()
  await expect.poll(() => tokens).toEqual(['token-1', 'token-2', 'token-3'])
})
