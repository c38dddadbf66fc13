import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { sine } from '#lib/domain/audio/signals.ts'
import { duckGains } from '#lib/domain/live/live.ts'
import { expectAccessible } from '../../fixtures/accessible.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import { addToQueue, hear, join, startSession } from '../../fixtures/session.ts'
import { wav } from '../../fixtures/wav.ts'

// A pretended microphone that hums, so softly that it is far below the music and far above silence.
const folder = mkdtempSync(joinPath(tmpdir(), 'whatssound-microphone-'))
const hum = sine({ frequency: 440, peakInDbfs: -33, durationInMs: 10_000 })
const microphone = joinPath(folder, 'hum.wav')
test.beforeAll(() => writeFileSync(microphone, wav({ left: hum, right: hum })))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const pretended = [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
    ]
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...pretended] })
  },
})

declare global {
  interface Window {
    volumesNow: () => number[]
  }
}

/** Lets a page tell how loud each element is that plays; the music's own dynamics say nothing of that. */
async function watchVolumes({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    const played = new Set<HTMLMediaElement>()
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      played.add(this)
      return play.call(this)
    }
    window.volumesNow = () => [...played].filter(({ paused }) => !paused).map(({ volume }) => volume)
  })
}

/** The volumes of what is heard, the softest first; a deck that is getting ready is far below. */
const volumesOf = async ({ page }: Person): Promise<number[]> => {
  const volumes = await page.evaluate(() => window.volumesNow())
  return volumes.filter((volume) => volume > 0.01).sort((a, b) => a - b)
}

test('the DJ talks over the music, plays live, and a lost network does not end it', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'On the microphone')
  const air = dj.page.getByTestId('air')
  const banner = ana.page.getByTestId('live').filter({ visible: true })
  await addToQueue(dj, ['Patio Lights'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await watchVolumes(ana)
  await join(ana, address)
  await hear(ana)

  await test.step('a word over the music: it steps back while the voice is heard', async () => {
    await dj.page.getByRole('button', { name: 'Ready the microphone' }).click()
    await expect(air).toContainText('Ready')
    await expect.poll(() => volumesOf(ana)).toEqual([1])
    await dj.page.keyboard.press('t')
    await expect(air).toContainText('You are on air')
    await expect(banner).toContainText('Marta is talking')
    // The voice as it is, the music at a fifth: 14 dB less.
    await expect.poll(() => volumesOf(ana)).toEqual([expect.closeTo(duckGains.talk), 1])
    await dj.page.keyboard.press('t')
    await expect(air).toContainText('Ready')
    await expect(banner).toBeHidden()
    await expect.poll(() => volumesOf(ana)).toEqual([1])
  })

  await test.step('a live set takes the place of the music', async () => {
    await dj.page.getByRole('button', { name: 'Go live' }).click()
    await expect(banner).toContainText('Marta is playing live')
    await expect(ana.page.getByText('Paused').filter({ visible: true }).first()).toBeVisible()
    await hear(ana)
    expect(await ana.ear.energyInDb(3)).toBeGreaterThan(-50)
  })

  await test.step('another window of the DJ leaves the broadcast alone, and says so', async () => {
    const other = await dj.page.context().newPage()
    await other.goto(address)
    await expect(other.getByText('You are on air in another window')).toBeVisible()
    await expect(air).toContainText('You are live')
    await expect(banner).toContainText('Marta is playing live')
    await other.close()
    await hear(ana)
    expect(await ana.ear.energyInDb(3)).toBeGreaterThan(-50)
  })

  await test.step('20 seconds without a network', async () => {
    await dj.page.context().setOffline(true)
    const backAt = Date.now() + 20_000
    await expect(air).toContainText('No network')
    await dj.page.waitForTimeout(backAt - Date.now())
    await dj.page.context().setOffline(false)
    await expect(air).toContainText('You are live', { timeout: 20_000 })
    await hear(ana)
    expect(await ana.ear.energyInDb(3)).toBeGreaterThan(-50)
  })

  await test.step('the set becomes a track', async () => {
    await dj.page.getByRole('button', { name: 'End the live set' }).click()
    await expect(air).toContainText('Ready')
    await expect(banner).toBeHidden()
    await expect(dj.page.getByRole('button', { name: 'Keep as a track' })).toBeEnabled()
    await expectAccessible(dj.page)
    // A reload does not lose it.
    await dj.page.reload()
    await dj.page.getByRole('button', { name: 'Keep as a track' }).click()
    await dj.page.getByRole('button', { name: 'Library', exact: true }).click()
    await expect(dj.page.getByRole('button', { name: /^Add On the microphone/ })).toBeVisible({
      timeout: 90_000,
    })
  })
})
