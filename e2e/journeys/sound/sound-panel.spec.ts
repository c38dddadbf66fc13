import { expectAccessible } from '../../fixtures/accessible.ts'
import { hearOwnSound } from '../../fixtures/own-microphone.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import { addToQueue, expectMusic, hear, join, startSession } from '../../fixtures/session.ts'
import { offsetsBetween } from '../../listening/offsets.ts'

const speakerDelayInMs = 250

/** Further than this apart it is another beat of the music that was found. */
const withinABeatInMs = 250

/** How much later somebody hears than somebody else, in the middle of some seconds. */
async function latenessOf(somebody: Person, beside: Person): Promise<number> {
  const [first, second] = await Promise.all([beside.ear.record(6), somebody.ear.record(6)])
  const offsets = offsetsBetween(first, second)
    .map(({ offsetInMs }) => offsetInMs)
    .filter((offsetInMs) => Math.abs(offsetInMs) < withinABeatInMs)
  return offsets.sort((a, b) => a - b)[offsets.length >> 1] ?? Number.NaN
}

test('a listener adjusts their own sound, by hand and by microphone', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  await hearOwnSound(ana.page, speakerDelayInMs)
  const address = await startSession(dj, 'Late speakers')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await join(ana, address)
  await hear(ana)
  const panel = ana.page.getByRole('dialog', { name: 'Your sound' })
  const nudge = panel.getByRole('slider')

  await test.step('a nudge of 100 ms moves what is heard by 100 ms', async () => {
    // The song begins so softly that there may be nothing to compare.
    let before = Number.NaN
    await expect.poll(async () => (before = await latenessOf(ana, dj)), { timeout: 60_000 }).not.toBeNaN()
    await ana.page.getByRole('button', { name: 'Your sound' }).click()
    await nudge.fill('99')
    await panel.getByRole('button', { name: 'One millisecond earlier' }).click()
    await expect(panel.getByText('Plays 100 ms earlier')).toBeVisible()
    await expect(panel.getByText('In sync', { exact: true })).toBeVisible()
    let after = Number.NaN
    await expect
      .poll(async () => (after = await latenessOf(ana, dj)), { timeout: 60_000 })
      .toBeLessThan(before - 85)
    console.log(`nudged: ${before.toFixed(1)} ms -> ${after.toFixed(1)} ms`)
    expect(after).toBeGreaterThan(before - 115)
    await panel.getByRole('button', { name: 'Reset' }).click()
    await expect(panel.getByText('Plays on time')).toBeVisible()
  })

  await test.step('the panel says how close the room is, how sure that is, and is accessible on a desktop too', async () => {
    await dj.page.getByRole('button', { name: 'Your sound' }).click()
    const figures = dj.page.getByTestId('sound-figures')
    for (const figure of [
      /^Offset-?\d+(\.\d)? ms$/,
      /^Clock±\d+(\.\d)? ms$/,
      /^Drift-?\d+ ppm$/,
      /^Loaded\d+ s$/,
      /^Quality\d+ kbit\/s$/,
      /^Interruptions\d+$/,
      /^Corrections\d+$/,
    ])
      await expect(figures.locator('div').filter({ hasText: figure })).toBeVisible()
    await expectAccessible(dj.page)
    await dj.page.keyboard.press('Escape')
  })

  await test.step('the microphone finds how late the speaker is, and the music goes on', async () => {
    await panel.getByRole('button', { name: 'Measure', exact: true }).click()
    await expect(panel.getByRole('progressbar')).toBeVisible()
    await expect(panel.getByText('The microphone hears it.')).toBeVisible()
    // On a busy machine some chirps are spoilt, and the panel says so; what it found is judged below.
    await expect(panel.getByText(/of 7 chirps agree/)).toBeVisible({ timeout: 20_000 })
    await panel.getByRole('button', { name: 'Use it' }).click()
    await expect(panel.getByText(/Found by microphone/)).toBeVisible()
    // The way through the browser's own graph takes some time too.
    const found = Number(await nudge.inputValue())
    console.log(`a speaker that is ${speakerDelayInMs} ms late: found ${found} ms`)
    expect(found).toBeGreaterThan(speakerDelayInMs - 30)
    expect(found).toBeLessThan(speakerDelayInMs + 120)
    await hear(ana)
    await expectMusic([ana])
  })

  await test.step('less data, chosen by hand, is what is heard within seconds, in sync', async () => {
    const figures = panel.getByTestId('sound-figures')
    await panel.getByRole('radio', { name: '256 kbit/s' }).check({ force: true })
    await expect(figures).toContainText(/2\d\d kbit\/s/)
    await panel.getByRole('radio', { name: 'Save data' }).check({ force: true })
    await expect(figures).toContainText(/Quality[67]\d kbit\/s/, { timeout: 12_000 })
    await hear(ana)
    await expectMusic([ana])
  })

  await test.step('it is kept for the next visit', async () => {
    const found = await nudge.inputValue()
    await ana.page.reload()
    await ana.page.getByRole('button', { name: 'Your sound' }).click()
    await expect(nudge).toHaveValue(found)
  })

  await test.step('the DJ sees how the room hears', async () => {
    await expect(dj.page.getByTestId('room-hearing')).toContainText('2 listening', { timeout: 40_000 })
  })
  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})
