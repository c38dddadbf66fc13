import { expect, type Person, test } from '../fixtures/people.ts'
import { addToQueue, expectMusic, hear, join, startSession } from '../fixtures/session.ts'

/** The position that somebody sees, in seconds. */
async function positionOf({ page }: Person): Promise<number> {
  const [minutes = 0, seconds = 0] = ((await page.getByTestId('elapsed').textContent()) ?? '')
    .split(':')
    .map(Number)
  return minutes * 60 + seconds
}

test('a DJ repeats a part of a song, leaves it, and fades over into the next', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'Long blends')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide'])
  await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(dj)
  await join(ana, address)
  await hear(ana)
  const button = (name: string) => dj.page.getByRole('button', { name })

  await test.step('the crossfade is set by keyboard alone', async () => {
    await button('Crossfade: Off').focus()
    await dj.page.keyboard.press('Enter')
    const slider = dj.page.getByRole('slider', { name: 'Crossfade' })
    await expect(slider).toBeFocused()
    for (let second = 1; second <= 6; second++) await dj.page.keyboard.press('ArrowRight')
    await dj.page.keyboard.press('Escape')
    await expect(button('Crossfade: 6 s')).toBeVisible()
  })

  await test.step('a loop holds everybody between two marks', async () => {
    const startedAtInS = await positionOf(dj)
    await button('Loop in').click()
    await expect.poll(() => positionOf(dj)).toBeGreaterThanOrEqual(startedAtInS + 3)
    await button('Loop out').click()
    await expect(button('Leave the loop')).toBeVisible()
    await expect.poll(() => positionOf(ana), { timeout: 30_000 }).toBeLessThanOrEqual(startedAtInS + 2)
    await hear(ana)
    await expectMusic([dj, ana])
    await button('Leave the loop').click()
    await expect(button('Loop in')).toBeVisible()
    await expect.poll(() => positionOf(ana), { timeout: 30_000 }).toBeGreaterThan(startedAtInS + 8)
  })

  await test.step('the next song fades in', async () => {
    await button('Next song').click()
    for (const { page } of [dj, ana])
      await expect(page.getByRole('region', { name: 'Now playing' })).toContainText('Slow Tide')
    await expectMusic([dj, ana])
    for (const somebody of [dj, ana]) await hear(somebody)
  })

  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})
