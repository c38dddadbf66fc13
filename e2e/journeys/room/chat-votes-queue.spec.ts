import { expectAccessible } from '../../fixtures/accessible.ts'
import { expect, test } from '../../fixtures/people.ts'
import { addToQueue, expectQueue, join, startSession } from '../../fixtures/session.ts'

test('listeners chat, react, ask for songs and vote, and the votes order the queue', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana', 'desktop')
  const ben = await person('Ben')
  const address = await startSession(dj, 'Vote night')
  await join(ana, address)
  await join(ben, address)

  const chatOf = ({ page }: typeof dj) => page.getByRole('region', { name: 'Chat of the session' })
  await test.step('a message reaches everybody, and script in it stays text', async () => {
    const message = 'hola <img src=x onerror=alert(1)> 👋'
    const composer = ana.page.getByRole('textbox', { name: 'Write something' })
    await composer.fill(message)
    await composer.press('Enter')
    for (const somebody of [dj, ana, ben]) await expect(chatOf(somebody).getByText(message)).toBeVisible()
    await expect(ben.page.locator('img[src="x"]')).toHaveCount(0)
  })

  await test.step('the DJ removes a message for everybody', async () => {
    await chatOf(dj).getByText('hola').hover()
    await dj.page.getByRole('button', { name: 'Remove the message by Ana' }).click()
    for (const somebody of [dj, ana, ben]) await expect(chatOf(somebody).getByText('hola')).toHaveCount(0)
    await expect(chatOf(dj)).toBeFocused()
  })

  await test.step('votes order the queue', async () => {
    await addToQueue(dj, ['Patio Lights', 'Slow Tide', 'Neon Kiosk'])
    await expectQueue(ana, ['Patio Lights', 'Slow Tide', 'Neon Kiosk'])
    await ben.page.getByRole('tab', { name: /Queue/ }).click()
    await ana.page.getByRole('button', { name: /^Vote for Neon Kiosk/ }).click()
    await ben.page.getByRole('button', { name: /^Vote for Neon Kiosk/ }).click()
    await ben.page.getByRole('button', { name: /^Vote for Slow Tide/ }).click()
    for (const somebody of [dj, ana, ben])
      await expectQueue(somebody, ['Neon Kiosk', 'Slow Tide', 'Patio Lights'])
    await expect(dj.page.getByRole('button', { name: 'Vote for Neon Kiosk, 2 votes' })).toBeVisible()
    await ben.page.getByRole('button', { name: /^Take back your vote for Slow Tide/ }).click()
    for (const somebody of [dj, ana, ben])
      await expectQueue(somebody, ['Neon Kiosk', 'Patio Lights', 'Slow Tide'])
  })

  await test.step('the DJ reorders and removes', async () => {
    await dj.page.getByRole('button', { name: 'Actions for Slow Tide' }).click()
    await dj.page.getByRole('menuitem', { name: 'Move to the top' }).click()
    for (const somebody of [dj, ana, ben])
      await expectQueue(somebody, ['Slow Tide', 'Neon Kiosk', 'Patio Lights'])
    await dj.page.getByRole('button', { name: 'Actions for Patio Lights' }).click()
    await dj.page.getByRole('menuitem', { name: 'Remove' }).click()
    for (const somebody of [dj, ana, ben]) await expectQueue(somebody, ['Slow Tide', 'Neon Kiosk'])
    await expect(dj.page.getByRole('region', { name: 'Up next' })).toBeFocused()
    await expect(dj.page.getByText('Patio Lights left the queue')).toBeAttached()
  })

  await test.step('a listener asks for a song, and may take it back', async () => {
    await ana.page.getByRole('button', { name: 'Ask for a song' }).first().click()
    await ana.page.getByRole('searchbox').fill('patio')
    await ana.page.getByRole('button', { name: 'Add Patio Lights to the queue' }).click()
    await expectQueue(dj, ['Slow Tide', 'Neon Kiosk', 'Patio Lights'])
    await ana.page.keyboard.press('Escape')
    await expect(ana.page.getByRole('button', { name: 'Actions for Patio Lights' })).toBeVisible()
    await expect(ana.page.getByRole('button', { name: 'Actions for Slow Tide' })).toHaveCount(0)
  })

  await test.step('everybody who is here is listed', async () => {
    await ana.page.getByRole('tab', { name: /People/ }).click()
    for (const name of ['Marta', 'Ana', 'Ben'])
      await expect(ana.page.getByRole('tabpanel').getByText(name, { exact: true })).toBeVisible()
  })

  await test.step('a half-written message and the volume outlive another tab and a reload; C works after a slider', async () => {
    const composer = ana.page.getByRole('textbox', { name: 'Write something' })
    const volume = ana.page.getByRole('slider', { name: 'Volume' })
    await volume.fill('0.4')
    await expect(volume).toBeFocused()
    await ana.page.keyboard.press('c')
    await expect(composer).toBeFocused()
    await composer.fill('the one that goes')
    await ana.page.getByRole('tab', { name: /People/ }).click()
    await expect(composer).toHaveCount(0)
    await ana.page.reload()
    await expect(composer).toHaveValue('the one that goes')
    await expect(volume).toHaveValue('0.4')
  })

  await test.step('a room with chat, votes and a queue is accessible to each of them', async () => {
    for (const { page } of [dj, ana, ben]) await expectAccessible(page)
  })

  await test.step('a reload keeps chat, queue and votes', async () => {
    await ben.page.reload()
    await ben.page.getByRole('tab', { name: /Queue/ }).click()
    await expect(ben.page.getByRole('button', { name: /^Take back your vote for Neon Kiosk/ })).toBeVisible()
  })

  await test.step('the session ends for everybody', async () => {
    await dj.page.getByRole('button', { name: 'More options' }).click()
    await dj.page.getByRole('menuitem', { name: 'End session' }).click()
    await dj.page.getByRole('button', { name: 'End for everyone' }).click()
    for (const { page } of [dj, ana, ben])
      await expect(page.getByRole('heading', { name: 'The night is over' })).toBeVisible()
  })
  for (const { name, complaints } of [dj, ana, ben]) expect(complaints, name).toEqual([])
})
