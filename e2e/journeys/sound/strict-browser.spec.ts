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
import { asStrict } from '../../fixtures/strict-browser.ts'
import { wav } from '../../fixtures/wav.ts'
import { listen } from '../../listening/ear.ts'
import { productUrl } from '../../runner/product-address.ts'

test.use({
  // A trace looks into every page all the time, and each look counts as a tap.
  trace: 'off',
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use(asStrict(launchOptions))
    },
    { scope: 'worker' },
  ],
})

const inSync = ({ page }: Person) => page.getByTestId('sync').filter({ hasText: 'In sync', visible: true })

async function say({ page }: Person, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Write something' })
  await composer.fill(text)
  await composer.press('Enter')
}

test('in a browser that holds back, sound waits for a tap, and then outlives a second tab and a sleep', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const known = await person('Ana', 'desktop')
  const position = dj.page.getByRole('slider', { name: 'Position in the song' })
  const press = (name: string) => dj.page.getByRole('button', { name, exact: true }).click()

  const address = await startSession(dj, 'House rules')
  await dj.page.goto('/studio')
  const samples = noise(180, 7)
  await addFiles(dj, [chosen('Viento.wav', wav({ left: samples, right: samples }))])
  await expect(tracks(dj)).toHaveCount(1, { timeout: 120_000 })
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
    // Playwright's own looks count as taps, too; these do not.
    await browser.send('Page.navigate', { url: new URL(address, productUrl).href })
    const expression = `document.body?.innerText ?? ''`
    const shown = async () =>
      String((await browser.send('Runtime.evaluate', { expression, userGesture: false })).result.value)
    await expect.poll(shown, { timeout: 30_000 }).toContain('Your browser waits for a tap')
    await expectSilence([ana])
    await ana.page.getByRole('button', { name: 'Start listening' }).click()
    await expect(inSync(ana)).toBeVisible()
    await expectMusic(both)
    expect((await compareSound(both, 8)).p95InMs).toBeLessThan(100)
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
    await expectMusic(both)
    expect((await compareSound(both, 8)).p95InMs).toBeLessThan(100)
  })

  await test.step('after a sleep it is in time again by itself, and misses no message', async () => {
    // The page stands still and has no network, as in a laptop that is closed; the clocks of a real sleep, which stand
    // still as well, are left to the tests of the clock.
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
    await context.setOffline(true)
    await say(dj, 'while you slept')
    await position.fill('0')
    await expect(position).toHaveAttribute('aria-valuetext', /^0:0[0-5]/)
    await expect(position).toHaveAttribute('aria-valuetext', /^0:(0[89]|1\d)/)
    await context.setOffline(false)
    await browser.send('Page.setWebLifecycleState', { state: 'active' })
    await expect(chat.getByText('while you slept')).toBeVisible()
    await expect(inSync(ana)).toBeVisible()
    expect((await compareSound(both, 8)).p95InMs).toBeLessThan(100)
  })

  // What failed while the network was away is reported by the browser itself.
  expect(dj.complaints).toEqual([])
})
