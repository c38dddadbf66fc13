import { expect, type Person, test } from '../../fixtures/people.ts'
import { addToQueue, compareSound, expectMusic, hear, join, startSession } from '../../fixtures/session.ts'

test('sound outlives a dead network, and comes back in time', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'Cellar')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await join(ana, address)
  await hear(ana)

  await test.step('the lock screen says what plays', async () => {
    const shown = () =>
      ana.page.evaluate(() => {
        const { metadata, playbackState } = navigator.mediaSession
        return { title: metadata?.title, artist: metadata?.artist, playbackState }
      })
    await expect
      .poll(shown)
      .toEqual({ title: 'Patio Lights', artist: 'WhatsSound House Band', playbackState: 'playing' })
  })

  await test.step('music goes on through half a minute without a network, and follows again when there is one', async () => {
    const stage = ana.page.getByRole('region', { name: 'Now playing' })
    await ana.page.getByRole('button', { name: 'Your sound' }).click()
    const loaded = ana.page.getByTestId('sound-figures').getByText(/^[3-6]\d s$/)
    await expect(loaded).toBeVisible()
    await ana.page.keyboard.press('Escape')
    await ana.page.context().setOffline(true)
    const positionInSeconds = async () => {
      const [minutes, seconds] = ((await ana.page.getByTestId('elapsed').textContent()) ?? '').split(':')
      return 60 * Number(minutes) + Number(seconds)
    }
    const untilInSeconds = (await positionInSeconds()) + 30
    await expect.poll(positionInSeconds, { timeout: 40_000 }).toBeGreaterThanOrEqual(untilInSeconds)
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

const controlledElsewhere = ({ page }: Person) =>
  page.getByText('You are controlling this session from another window.').filter({ visible: true })

test('the music goes on to the end of the queue when the DJ closes the tab', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'Without me')
  await addToQueue(dj, ['Neon Kiosk', 'Patio Lights'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await join(ana, address)
  await hear(ana)
  const stage = ana.page.getByRole('region', { name: 'Now playing' })
  await expect(stage).toContainText('Neon Kiosk')

  await test.step('another window of the DJ takes the session over, and gives it back', async () => {
    const laptop = await dj.another('desktop')
    await laptop.page.goto(address)
    await hear(laptop)
    await expect(controlledElsewhere(dj)).toBeVisible()
    await dj.page.getByRole('button', { name: 'Control it from here' }).click()
    await expect(controlledElsewhere(laptop)).toBeVisible()
    await expect(controlledElsewhere(dj)).toHaveCount(0)
    expect((await compareSound([dj, laptop, ana], 4)).p95InMs).toBeLessThan(100)
    await laptop.page.context().close()
  })

  await dj.page.getByRole('slider', { name: 'Position in the song' }).fill('35000')
  await dj.page.context().close()
  await expect(ana.page.getByText('The DJ is away. The music goes on.')).toBeVisible({ timeout: 30_000 })
  await expect(stage).toContainText('Patio Lights', { timeout: 40_000 })
  await expectMusic([ana])
})
