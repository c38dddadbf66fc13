import { expectAccessible } from '../../fixtures/accessible.ts'
import { expect, test } from '../../fixtures/people.ts'
import { join, startSession } from '../../fixtures/session.ts'

test('the first screen speaks the browser’s language, and another one when asked', async ({ person }) => {
  const lucia = await person('Lucía', 'phone', 'es-ES')
  await lucia.page.goto('/')
  await expect(lucia.page.locator('html')).toHaveAttribute('lang', 'es')
  await expect(lucia.page.getByRole('link', { name: 'Empezar una sesión' }).first()).toBeVisible()
  await lucia.page.getByRole('button', { name: 'English' }).click()
  await expect(lucia.page.locator('html')).toHaveAttribute('lang', 'en')
  await lucia.page.reload()
  await expect(lucia.page.getByRole('link', { name: 'Start a session' }).first()).toBeVisible()
})

for (const device of ['phone', 'desktop'] as const) {
  test(`a room, its entrance and what opens in it are accessible on a ${device}`, async ({ person }) => {
    const marta = await person('Marta', device)
    const { page } = marta
    const address = await startSession(marta, 'For everyone')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible()

    const visitor = await person('Ana', device)
    await visitor.page.goto('/s/nowhere')
    await expectAccessible(visitor.page)
    await visitor.page.goto(address)
    await expectAccessible(visitor.page)
    await join(visitor, address)
  })
}
