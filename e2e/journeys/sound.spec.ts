import { expect, test } from '../fixtures/people.ts'
import {
  addToQueue,
  compareSound,
  expectMusic,
  expectSilence,
  hear,
  join,
  startSession,
} from '../fixtures/session.ts'

// No sound without a tap, as on a page that somebody has just opened.
test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const args = [...(launchOptions.args ?? []), '--autoplay-policy=user-gesture-required']
      await use({ ...launchOptions, args })
    },
    { scope: 'worker' },
  ],
})

test('sound waits for a tap, is heard in one tab, outlives a dead network, and comes back in time', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'Cellar')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await join(ana, address)
  await hear(ana)

  await test.step('a browser that refuses to play is asked by a tap', async () => {
    // A reload would keep the right to play that her tap has won; another tab has it to win.
    const tab = await ana.page.context().newPage()
    await tab.goto(address)
    await tab.getByRole('button', { name: 'Start listening' }).click()
    await expect(tab.getByRole('button', { name: 'In sync' })).toBeVisible()
    await expectSilence([ana])
    await tab.close()
    await hear(ana)
    await expectMusic([ana])
  })

  await test.step('music goes on without a network, and follows again when there is one', async () => {
    const stage = ana.page.getByRole('region', { name: 'Now playing' })
    await ana.page.context().setOffline(true)
    await expectMusic([ana])
    await dj.page.getByRole('button', { name: 'Next song' }).click()
    await expect(dj.page.getByRole('region', { name: 'Now playing' })).toContainText('Slow Tide')
    await expectMusic([ana])
    await expect(stage).toContainText('Patio Lights')
    await ana.page.context().setOffline(false)
    await expect(stage).toContainText('Slow Tide', { timeout: 60_000 })
    await hear(ana)
    expect((await compareSound([dj, ana], 6)).p95InMs).toBeLessThan(100)
  })

  // What failed while the network was away is reported by the browser itself.
  expect(dj.complaints).toEqual([])
})
