import type { Request } from '@playwright/test'
import { prepareBackground } from '../../fixtures/background.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import { addToQueue, expectMusic, expectSilence, hear, join, startSession } from '../../fixtures/session.ts'

const isSignOfLife = (request: Request) => /\/api\/sessions\/[^/]+\/here$/.test(request.url())

test('who has the room in the background is counted, hears what is said, and hears the music begin', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana', 'desktop')
  const background = await prepareBackground(ana.page)
  const address = await startSession(dj, 'Other tabs')
  await addToQueue(dj, ['Slow Tide', 'Patio Lights'])
  await join(ana, address)
  const expectTwo = ({ page }: Person) => expect(page.getByText('2 people').first()).toBeAttached()
  await expectTwo(dj)

  await test.step('in a pause nothing is heard that would spare the timers of a hidden tab', async () => {
    await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
    await hear(ana)
    await dj.page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expectSilence([ana])
    await background.hide()
  })

  await test.step('the hidden tab says for longer than it takes to be forgotten that somebody is there', async () => {
    for (let sign = 0; sign < 4; sign++) {
      await ana.page.waitForRequest(isSignOfLife, { timeout: 15_000 })
      await expectTwo(dj)
    }
  })

  await test.step('what is said meanwhile is there', async () => {
    const composer = dj.page.getByRole('textbox', { name: 'Write something' })
    await composer.fill('Is anybody listening?')
    await composer.press('Enter')
    const chat = ana.page.getByRole('region', { name: 'Chat of the session' })
    await expect(chat.getByText('Is anybody listening?')).toBeVisible()
  })

  await test.step('the music goes on in the hidden tab', async () => {
    await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
    await hear(dj)
    await expectMusic([ana])
  })

  await test.step('back in sight it is in time', async () => {
    await background.show()
    await hear(ana)
    await expectTwo(ana)
  })
  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})
