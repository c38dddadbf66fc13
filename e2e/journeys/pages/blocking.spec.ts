import { expect, test } from '../../fixtures/people.ts'
import { join, startSession } from '../../fixtures/session.ts'

test('somebody is blocked by one listener, and muted, appointed and banned by the DJ', async ({ person }) => {
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

  const decide = async (decision: string) => {
    await dj.page.getByRole('button', { name: 'Options for Eve' }).click()
    await dj.page.getByRole('menuitem', { name: decision }).click()
  }
  const hereNow = dj.page.getByRole('region', { name: 'Here now' })
  const evesField = eve.page.getByPlaceholder('Write something')
  await test.step('the DJ mutes Eve from one of her messages, and lets her write again', async () => {
    await decide('Mute for 10 minutes')
    await expect(said(eve, /You cannot write until/)).toBeVisible()
    await expect(evesField).toBeHidden()
    await dj.page.getByRole('tab', { name: /People/ }).click()
    await expect(hereNow.getByText(/^Muted until/)).toBeVisible()
    await decide('Let write again')
    await expect(evesField).toBeVisible()
    await expect(hereNow.getByText(/^Muted until/)).toBeHidden()
  })

  await test.step('the DJ makes her a moderator, and she hears of it', async () => {
    await decide('Make moderator')
    await expect(eve.page.getByText(/You are a moderator now/).first()).toBeVisible()
    await expect(hereNow.getByText('Moderator', { exact: true })).toBeVisible()
    await eve.page.getByRole('tab', { name: /People/ }).click()
    await eve.page.getByRole('button', { name: 'Options for Ana' }).click()
    await expect(eve.page.getByRole('menuitem', { name: 'Mute for an hour' })).toBeVisible()
    await eve.page.keyboard.press('Escape')
    await expect(eve.page.getByRole('menuitem')).toHaveCount(0)
  })

  await test.step('the DJ bans her, and lets her in again', async () => {
    await decide('Ban from this session')
    const question = dj.page.getByRole('dialog', { name: 'Ban Eve?' })
    await question.getByRole('button', { name: 'Ban', exact: true }).click()
    await expect(eve.page.getByRole('heading', { name: 'You cannot come in' })).toBeVisible()
    await expect(dj.page.getByRole('button', { name: 'Options for Eve' })).toBeHidden()
    await dj.page.getByRole('button', { name: 'Let in again: Eve' }).click()
    await expect(dj.page.getByRole('list', { name: 'Banned' })).toBeHidden()
    await eve.page.goto(address)
    await expect(eve.page.getByRole('region', { name: 'Now playing' })).toBeVisible()
    await expect(evesField).toBeVisible()
  })
})
