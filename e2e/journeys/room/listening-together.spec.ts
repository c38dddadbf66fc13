import { expect, test } from '../../fixtures/people.ts'
import {
  addToQueue,
  compareSound,
  expectMusic,
  expectSilence,
  hear,
  join,
  startSession,
} from '../../fixtures/session.ts'

test('a DJ and three listeners hear the same music at the same moment', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const ben = await person('Ben')
  const eva = await person('Eva', 'desktop')
  const everybody = [dj, ana, ben, eva]

  const address = await startSession(dj, 'Rooftop')
  const songs = ['Patio Lights', 'Slow Tide', 'Neon Kiosk']
  await addToQueue(dj, songs)
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  for (const listener of [ana, ben]) await join(listener, address)
  for (const listener of [ana, ben]) await hear(listener)

  // Eva is late: she starts where the others are, not at the beginning.
  await join(eva, address)
  await hear(eva)
  await expectMusic(everybody)
  expect((await compareSound(everybody, 10)).p95InMs).toBeLessThan(100)

  await test.step('pause silences everybody, play goes on where it stopped', async () => {
    await dj.page.getByRole('button', { name: 'Pause', exact: true }).click()
    for (const { page } of everybody)
      await expect(page.getByText('Paused').filter({ visible: true }).first()).toBeVisible()
    await expectSilence(everybody)
    await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
    for (const somebody of everybody) await hear(somebody)
    await expectMusic(everybody)
  })

  await test.step('a seek moves everybody', async () => {
    const slider = dj.page.getByRole('slider', { name: 'Position in the song' })
    await slider.fill('20000')
    await expect(slider).toHaveAttribute('aria-valuetext', /^0:2\d/)
    for (const somebody of everybody) await hear(somebody)
    expect((await compareSound(everybody, 6)).p95InMs).toBeLessThan(100)
  })

  await test.step('the next song starts for everybody', async () => {
    // On a slow machine the first song may have been over before the seek.
    const nowPlaying = await dj.page.getByRole('region', { name: 'Now playing' }).textContent()
    const next = songs[songs.findIndex((title) => nowPlaying?.includes(title)) + 1] ?? ''
    await dj.page.getByRole('button', { name: 'Next song' }).click()
    for (const { page } of everybody)
      await expect(page.getByRole('region', { name: 'Now playing' })).toContainText(next)
    for (const somebody of everybody) await hear(somebody)
    expect((await compareSound(everybody, 6)).p95InMs).toBeLessThan(100)
  })

  await test.step('a reload comes back in time', async () => {
    await ana.page.reload()
    await hear(ana)
    // Music repeats itself: among many comparisons, one that was found a beat away does not weigh.
    expect((await compareSound(everybody, 6)).p95InMs).toBeLessThan(100)
  })

  for (const { name, complaints } of everybody) expect(complaints, name).toEqual([])
})
