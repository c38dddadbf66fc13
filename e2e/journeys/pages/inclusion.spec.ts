import type { Locator, Page } from '@playwright/test'
import { expectNothingTooWide, tightViews } from '../../fixtures/fits.ts'
import { expect, test } from '../../fixtures/people.ts'
import { addToQueue, startSession } from '../../fixtures/session.ts'

async function expectToFit(page: Page, controls: readonly Locator[]): Promise<void> {
  for (const view of tightViews) {
    await page.setViewportSize(view)
    // What a click would reach, and nothing that lies over it.
    for (const control of controls) await control.click({ trial: true, timeout: 15_000 })
    await expectNothingTooWide(page)
  }
}

type Stop = { area: string; name: string; leftInPx: number; middleInPx: number }

/** Where the Tab key leads to, from the top of the page to the end of the stage. */
async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const focused = document.activeElement
      const area = focused?.closest('header, [aria-label="Now playing"]')
      if (!focused || !area) return null
      const { left, top, height } = focused.getBoundingClientRect()
      return {
        area: area.tagName,
        name: focused.getAttribute('aria-label') ?? focused.textContent,
        leftInPx: left,
        middleInPx: top + height / 2 - area.getBoundingClientRect().top,
      }
    })
    if (stop) stops.push(stop)
    else if (stops.at(-1)?.area === 'SECTION') break
  }
  return stops
}

const sameLineInPx = 12

/** The stops that lie above the one before them, or to the left of it in the same line. */
function backwards(stops: readonly Stop[]): string[] {
  return stops
    .filter((stop, at) => {
      const before = stops[at - 1]
      if (before?.area !== stop.area) return false
      const downInPx = stop.middleInPx - before.middleInPx
      return Math.abs(downInPx) < sameLineInPx ? stop.leftInPx <= before.leftInPx : downInPx < 0
    })
    .map(({ name }) => name)
}

/** How long the longest movement on the page goes on. */
const longestMotionInMs = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      0,
      ...document
        .getAnimations()
        .map(({ effect }) => Number(effect?.getComputedTiming().activeDuration ?? 0)),
    ),
  )

test('everything fits and is reached in a tight view, by keys, without motion and by ear', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const { page, complaints } = dj
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const address = await startSession(dj, 'Whoever is still awake on this endless Sunday morning')
  await addToQueue(dj, ['Patio Lights', 'Slow Tide'])
  const stage = page.getByRole('region', { name: 'Now playing' })
  const composer = page.getByRole('textbox', { name: 'Write something' })

  await test.step('nothing is scrolled sideways, and what matters is in reach', async () => {
    await expectToFit(page, [
      button('Share'),
      button('More options'),
      button('Play'),
      button('Library'),
      composer,
    ])
    await page.goto('/')
    await expectToFit(page, [
      page.getByRole('link', { name: 'Start a session' }).first(),
      page.getByRole('link', { name: 'Studio', exact: true }),
      button('Account of Marta'),
    ])
    await page.goto('/studio')
    await expectToFit(page, [
      page.getByLabel('Name of the session'),
      button('Open the room'),
      button('Choose files'),
    ])
    await page.goto('/account')
    await expectToFit(page, [
      page.getByRole('region', { name: 'Profile' }).getByRole('button', { name: 'Save' }),
      page.getByLabel('Time zone'),
      button('Delete the account'),
    ])
  })

  await test.step('the Tab key goes the way that the eye goes', async () => {
    await page.goto(address)
    await expect(button('Ready the microphone')).toBeEnabled()
    const stops = await tabThrough(page)
    const names = stops.map(({ name }) => name)
    for (const name of [
      'Share',
      'More options',
      'Play',
      'Library',
      'Your sound',
      'Volume',
      'React with fire',
    ])
      expect(names).toContain(name)
    expect(backwards(stops)).toEqual([])
  })

  await test.step('whoever listens to the page hears which song is on', async () => {
    // A region that is hidden until it has a text is not always heard.
    const regions = stage.locator('[aria-live], [role="status"], [role="alert"]')
    const hidden = await regions.evaluateAll((all) =>
      all
        .filter((region) => !region.checkVisibility({ visibilityProperty: true }))
        .map(({ outerHTML }) => outerHTML),
    )
    expect(hidden).toEqual([])
    await expect(stage.getByTestId('live')).toHaveRole('status')
    const song = stage.locator('[aria-live="polite"]').filter({ hasText: 'Now playing:' })
    await button('Play').click()
    await expect(song).toContainText('Patio Lights')
    await button('Next song').click()
    await expect(song).toContainText('Slow Tide')
  })

  await test.step('nothing moves where motion is not welcome', async () => {
    await expect.poll(() => longestMotionInMs(page)).toBe(Number.POSITIVE_INFINITY)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await expect.poll(() => longestMotionInMs(page)).toBeLessThan(100)
  })
  expect(complaints).toEqual([])
})
