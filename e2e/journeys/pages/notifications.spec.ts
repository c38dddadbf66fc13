import { expectAccessible } from '../../fixtures/accessible.ts'
import { expect, test } from '../../fixtures/people.ts'
import { deliverPush, openPushService, shownNotifications, subscribesAt } from '../../fixtures/push.ts'
import { enterAsGuest, join, startSession } from '../../fixtures/session.ts'

test('a follower is told when the DJ goes live, and chooses of what and when', { tag: '@push' }, async ({
  person,
}) => {
  const service = await openPushService()
  const marta = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const { page } = ana
  await subscribesAt(page, service)

  await test.step('whoever follows a DJ is offered to be told, and is asked for nothing before the tap', async () => {
    const handle = `marta_${crypto.randomUUID().slice(0, 6)}`
    await enterAsGuest(marta)
    await marta.page.goto('/account')
    await marta.page.getByLabel('Handle').fill(handle)
    await marta.page.getByRole('region', { name: 'Profile' }).getByRole('button', { name: 'Save' }).click()
    await expect(marta.page.getByRole('link', { name: 'See your page' })).toBeVisible()

    await enterAsGuest(ana)
    await page.goto(`/u/${handle}`)
    await expect(page.getByText('Shall we tell you when')).toHaveCount(0)
    await page.getByRole('button', { name: 'Follow' }).click()
    await expect(page.getByText('Shall we tell you when Marta goes live?')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Yes, tell me' }).click()
    await expect(page.getByText('We will tell you.')).toBeVisible()
    await page.goto('/account')
    await expect(page.getByText('On. What you chose below arrives here.')).toBeVisible()
  })

  await test.step('the DJ goes live, and one message reaches her browser, for nobody else to read', async () => {
    await marta.page.goto('/studio')
    await marta.page.getByLabel('Name of the session').fill('Vinyl night')
    await marta.page.getByRole('button', { name: 'Open the room' }).click()
    await marta.page.waitForURL(/\/s\//)
    await expect.poll(() => service.received.map(({ message }) => message.title)).toEqual(['Marta is live'])
    expect(service.complaints).toEqual([])
  })

  await test.step('the service worker shows it, once however often it comes', async () => {
    const [push] = service.received
    for (let times = 0; times < 2; times++) await deliverPush(page, JSON.stringify(push?.message))
    await expect
      .poll(() => shownNotifications(page))
      .toEqual([{ title: 'Marta is live', body: 'Vinyl night', tag: push?.message.topic, lang: 'en' }])
  })

  await test.step('choices stay', async () => {
    await page.getByRole('switch', { name: 'The track I asked for is next' }).click()
    await page.getByRole('switch', { name: 'Quiet hours' }).click()
    await page.getByLabel('Until').fill('07:30')
    const saved = page.waitForResponse(
      (response) => response.url().endsWith('/api/notifications') && response.request().method() === 'POST',
    )
    await page.getByLabel('Until').blur()
    expect((await saved).status()).toBe(200)
    await page.reload()
    await expect(page.getByRole('switch', { name: 'The track I asked for is next' })).not.toBeChecked()
    await expect(page.getByRole('switch', { name: 'A DJ I follow goes live' })).toBeChecked()
    await expect(page.getByLabel('From')).toHaveValue('23:00')
    await expect(page.getByLabel('Until')).toHaveValue('07:30')
  })

  await test.step('an address that the browser lost without a word is made good when the app is opened', async () => {
    await page.evaluate(() => localStorage.removeItem('push-subscription'))
    await page.reload()
    await expect(page.getByText('On. What you chose below arrives here.')).toBeVisible()
    expect(await page.evaluate(() => localStorage.getItem('push-subscription'))).not.toBeNull()
  })

  await test.step('turned off, this device is forgotten', async () => {
    await page.getByRole('button', { name: 'Turn off' }).click()
    await expect(page.getByText('Off. Your browser will ask you once.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Turn on' })).toBeVisible()
  })

  expect([...ana.complaints, ...marta.complaints]).toEqual([])
  await service.close()
})

test('whoever follows a DJ inside the room is offered it there', { tag: '@push' }, async ({ person }) => {
  const service = await openPushService()
  const marta = await person('Marta', 'desktop')
  const ana = await person('Ana', 'desktop')
  const { page } = ana
  await subscribesAt(page, service)
  await join(ana, await startSession(marta, 'In the room'))
  await page.getByRole('tab', { name: /People/ }).click()
  await page.getByRole('button', { name: 'Options for Marta' }).click()
  await page.getByRole('menuitem', { name: 'Follow' }).click()
  await expect(page.getByText('Shall we tell you when Marta goes live?')).toBeVisible()
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await page.getByRole('button', { name: 'Yes, tell me' }).click()
  await expect(page.getByText('We will tell you.')).toBeVisible()
  await expect(page.getByText('Shall we tell you when Marta goes live?')).toBeHidden()
  expect([...ana.complaints, ...marta.complaints]).toEqual([])
  await service.close()
})
