import { expect, test } from '../../fixtures/people.ts'
import { join, startSession } from '../../fixtures/session.ts'

test('the chat of somebody whom one blocks is hidden, at once and after coming back', async ({ person }) => {
  const [dj, eve, ana] = [
    await person('DJ Luna', 'desktop'),
    await person('Eve'),
    await person('Ana', 'desktop'),
  ]
  const address = await startSession(dj, 'Quiet please')
  await join(eve, address)
  await join(ana, address)
  const said = (somebody: typeof ana, text: string | RegExp) =>
    somebody.page.getByRole('region', { name: 'Chat of the session' }).getByText(text)
  const say = async ({ page }: typeof ana, text: string) => {
    await page.getByRole('tab', { name: 'Chat' }).click()
    await page.getByPlaceholder('Write something').fill(text)
    await page.getByRole('button', { name: 'Send' }).click()
  }
  await say(eve, 'Buy my tape')
  await expect(said(ana, 'Buy my tape')).toBeVisible()
  await ana.page.getByRole('tab', { name: /People/ }).click()
  await ana.page.getByRole('button', { name: 'Options for Eve' }).click()
  await ana.page.getByRole('menuitem', { name: 'Block' }).click()
  await expect(ana.page.getByText('Eve is blocked').first()).toBeVisible()
  await ana.page.getByRole('tab', { name: 'Chat' }).click()
  await expect(said(ana, 'Buy my tape')).toBeHidden()
  await say(eve, 'Really, buy it')
  await expect(said(dj, 'Really, buy it')).toBeVisible()
  // Messages come in order: once this one is there, the one before it would be.
  await say(dj, 'Good evening')
  await expect(said(ana, 'Good evening')).toBeVisible()
  await expect(said(ana, 'Really, buy it')).toBeHidden()
  await ana.page.reload()
  await expect(said(ana, 'Good evening')).toBeVisible()
  await expect(said(ana, /tape|Really/)).toHaveCount(0)
})
