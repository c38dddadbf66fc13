import { addFiles, chosen, tracks } from '../../fixtures/library.ts'
import { noise } from '../../fixtures/noise.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import {
  addToQueue,
  compareSound,
  expectMusic,
  expectSilence,
  hear,
  join,
  startSession,
} from '../../fixtures/session.ts'
import { asStrict, hiddenForLongAfterInMs } from '../../fixtures/strict-browser.ts'
import { wav } from '../../fixtures/wav.ts'
import { listen } from '../../listening/ear.ts'
import { offsetsBetween } from '../../listening/offsets.ts'
import { productUrl } from '../../runner/product-address.ts'

test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use(asStrict(launchOptions))
    },
    { scope: 'worker' },
  ],
})

const inSync = ({ page }: Person) => page.getByTestId('sync').filter({ hasText: 'In sync', visible: true })

/** How much later somebody hears than somebody else, in the middle of some seconds. */
async function latenessOf(somebody: Person, beside: Person): Promise<number> {
  const [first, second] = await Promise.all([beside.ear.record(3), somebody.ear.record(3)])
  const offsets = offsetsBetween(first, second).map(({ offsetInMs }) => offsetInMs)
  return offsets.sort((a, b) => a - b)[offsets.length >> 1] ?? Number.NaN
}

async function say({ page }: Person, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Write something' })
  await composer.fill(text)
  await composer.press('Enter')
}

test('in a browser that holds back, sound waits for a tap and then outlives tabs, sleep and outputs', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const known = await person('Ana', 'desktop')
  const position = dj.page.getByRole('slider', { name: 'Position in the song' })
  const press = (name: string) => dj.page.getByRole('button', { name, exact: true }).click()

  const address = await startSession(dj, 'House rules')
  await dj.page.goto('/studio')
  const samples = noise(75, 7)
  await addFiles(dj, [chosen('Viento.wav', wav({ left: samples, right: samples }))])
  await expect(tracks(dj)).toHaveCount(1, { timeout: 60_000 })
  await dj.page.goto(address)
  await addToQueue(dj, ['Viento'])
  await press('Play')
  await hear(dj)
  await join(known, address)
  // Signed in by their cookies, in a browser in which nobody has tapped anything yet.
  await known.page.goto('about:blank')
  const ana = await known.another('desktop')
  const both = [dj, ana]
  const context = ana.page.context()
  const browser = await context.newCDPSession(ana.page)
  const chat = ana.page.getByRole('region', { name: 'Chat of the session' })

  await test.step('somebody who comes without a gesture is asked for a tap, and is in time after it', async () => {
    // To look into the page counts as a gesture: nobody looks until the player has tried, and has asked for the time.
    const hasTried = ana.page.waitForResponse(/\/api\/clock/)
    await browser.send('Page.navigate', { url: new URL(address, productUrl).href })
    await hasTried
    await expect(ana.page.getByText('Your browser waits for a tap')).toBeVisible()
    await expectSilence([ana])
    await ana.page.getByRole('button', { name: 'Start listening' }).click()
    await expect(inSync(ana)).toBeVisible()
    expect((await compareSound(both, 3)).p95InMs).toBeLessThan(100)
  })

  await test.step('of two tabs, the one that was turned on last is heard', async () => {
    const page = await context.newPage()
    const second = { ...ana, name: 'Ana, in a second tab', page, ear: await listen(page) }
    await page.goto(address)
    await hear(second)
    await expectSilence([ana])
    await expectMusic([second])
    await ana.page.getByRole('button', { name: 'Unmute' }).click()
    await expect(inSync(ana)).toBeVisible()
    await expectSilence([second])
    await page.getByRole('button', { name: 'Unmute' }).click()
    await expect(inSync(second)).toBeVisible()
    await expectSilence([ana])
    await page.close()
    await expect(inSync(ana)).toBeVisible()
    expect((await compareSound(both, 3)).p95InMs).toBeLessThan(100)
  })

  await test.step('hidden in silence for long, it begins in time all the same, and misses no message', async () => {
    await browser.send('Emulation.setFocusEmulationEnabled', { enabled: false })
    const other = await context.newPage()
    await other.bringToFront()
    await expect.poll(() => ana.page.evaluate(() => document.visibilityState)).toBe('hidden')
    await press('Pause')
    await position.fill('0')
    // A tab that is heard is left in peace; in the pause it is not, and then it counts as hidden for long.
    await ana.page.waitForTimeout(hiddenForLongAfterInMs + 2_000)
    await say(dj, 'behind another tab')
    await press('Play')
    await expect(inSync(dj)).toBeVisible()
    expect((await compareSound(both, 4)).p95InMs).toBeLessThan(100)
    await ana.page.bringToFront()
    await other.close()
    await expect(chat.getByText('behind another tab')).toBeVisible()
  })

  await test.step('after a sleep it is in time again by itself, and misses no message', async () => {
    // The page stands still and has no network, as in a laptop that is closed; the clocks of a real sleep, which stand
    // still as well, are left to the tests of the clock.
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
    await context.setOffline(true)
    await say(dj, 'while you slept')
    await position.fill('0')
    await dj.page.waitForTimeout(8_000)
    await context.setOffline(false)
    await browser.send('Page.setWebLifecycleState', { state: 'active' })
    await expect(chat.getByText('while you slept')).toBeVisible()
    await expect(inSync(ana)).toBeVisible()
    expect((await compareSound(both, 4)).p95InMs).toBeLessThan(100)
  })

  await test.step('when the output is unplugged, its adjustment is taken back, and the person is told', async () => {
    await ana.page.getByRole('button', { name: 'Your sound' }).click()
    const panel = ana.page.getByRole('dialog', { name: 'Your sound' })
    await panel.getByRole('button', { name: 'Show my outputs' }).click()
    const output = panel.getByRole('combobox', { name: 'Where the sound comes out' })
    await output.selectOption({ label: 'Fake Audio Output 1' })
    await panel.getByRole('slider').fill('80')
    await expect(panel.getByText('Plays 80 ms earlier')).toBeVisible()
    await expect.poll(() => latenessOf(ana, dj), { timeout: 30_000 }).toBeLessThan(-65)

    await ana.page.evaluate(() => {
      const devices = navigator.mediaDevices
      const list = devices.enumerateDevices.bind(devices)
      devices.enumerateDevices = async () =>
        (await list()).filter(({ label }) => label !== 'Fake Audio Output 1')
      devices.dispatchEvent(new Event('devicechange'))
    })
    await expect(panel.getByText('Your sound may come out of another device now')).toBeVisible()
    await expect(output).toHaveValue('')
    await expect(panel.getByText('Plays on time')).toBeVisible()
    await expect.poll(() => latenessOf(ana, dj), { timeout: 30_000 }).toBeGreaterThan(-15)
    await panel.getByRole('button', { name: 'It is fine' }).click()
    await expect(panel.getByText('Your sound may come out of another device now')).toBeHidden()

    await ana.page.evaluate(() => {
      Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices')
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    })
    await expect(panel.getByText('Plays 80 ms earlier')).toBeVisible()
    await expect.poll(() => latenessOf(ana, dj), { timeout: 30_000 }).toBeLessThan(-65)
  })

  // What failed while the network was away is reported by the browser itself.
  expect(dj.complaints).toEqual([])
})
