import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, devices, type Page } from '@playwright/test'
import { receiveSharePath, serviceWorkerPath } from '#lib/client/service-worker/addresses.ts'
import { localeCookieName, locales } from '#lib/i18n/locales.ts'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import { expectAccessible } from '../../fixtures/accessible.ts'
import { addFiles, chosen, tracks, uploads } from '../../fixtures/library.ts'
import { noise } from '../../fixtures/noise.ts'
import { expect, test } from '../../fixtures/people.ts'
import { addToQueue, enterAsGuest, expectMusic, hear, join, startSession } from '../../fixtures/session.ts'
import { wav } from '../../fixtures/wav.ts'
import { productUrl } from '../../runner/product-address.ts'

/** Resolves once the service worker is at work for this page. */
async function untilKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

test('Chromium would install it', async ({ baseURL, launchOptions }) => {
  // A private window installs nothing, and every context of a test is one.
  const profile = mkdtempSync(path.join(tmpdir(), 'whatssound-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    ...(baseURL && { baseURL }),
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    const devtools = await context.newCDPSession(page)
    for (const locale of locales) {
      await context.addCookies([{ name: localeCookieName, value: locale, url: productUrl }])
      await page.goto('/')
      const { errors, manifest, data = '' } = await devtools.send('Page.getAppManifest')
      expect(errors).toEqual([])
      expect(JSON.parse(data)).toMatchObject({ lang: locale })
      expect(manifest.description).toBe(messagesByLocale[locale].meta.description)
      const { screenshots, shortcuts, shareTarget } = manifest
      expect(screenshots?.map(({ formFactor }) => formFactor)).toEqual([
        'kNarrow',
        'kNarrow',
        'kWide',
        'kWide',
      ])
      for (const { image } of screenshots ?? []) expect((await page.request.get(image.url)).ok()).toBe(true)
      expect(shortcuts).toHaveLength(2)
      const { icons } = JSON.parse(data) as { icons: { src: string; sizes: string; purpose?: string }[] }
      const maskable = icons.filter(({ purpose }) => purpose === 'maskable')
      expect(maskable.map(({ sizes }) => sizes)).toContain('512x512')
      for (const { src } of maskable) expect((await page.request.get(src)).ok()).toBe(true)
      expect(shareTarget?.action).toContain(receiveSharePath)
      const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
      expect(installabilityErrors).toEqual([])
    }
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('without a network it shows what was seen last, and comes back by itself', async ({ person }) => {
  const marta = await person('Marta', 'desktop')
  await startSession(marta, 'Patio lights')
  const ana = await person('Ana', 'phone', 'es-ES')
  const { page } = ana
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Patio lights' })).toBeVisible()
  await untilKept(page)
  await page.context().setOffline(true)
  await page.goto('/studio')
  await expect(page.getByRole('heading', { name: 'Sin conexión' })).toBeVisible()
  await expect(page.getByText('Patio lights')).toBeVisible()
  await expectAccessible(page)
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { name: 'Primero, un nombre' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/studio')
})

test('without a network one’s own library is there, and what waits to be sent is sent when there is one', async ({
  person,
}) => {
  const marta = await person('Marta', 'desktop')
  const { page } = marta
  const address = await startSession(marta, 'Backstage')
  await page.goto('/studio')
  const samples = noise(3, 1)
  await addFiles(marta, [chosen('Nightfall.wav', wav({ left: samples, right: samples }))])
  await expect(uploads(marta)).toHaveText([], { timeout: 60_000 })
  await expect(tracks(marta)).toHaveCount(1)
  await page.goto(address)
  const chat = page.getByRole('region', { name: 'Chat of the session' })
  const composer = page.getByRole('textbox', { name: 'Write something' })
  await expect(composer).toBeEditable()
  await untilKept(page)

  await page.context().setOffline(true)
  await composer.fill('See you at midnight')
  await composer.press('Enter')
  await expect(chat.getByText('See you at midnight')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible()
  const part = (title: string) => page.getByRole('region', { name: title })
  await expect(part('1 thing waits to be sent').getByText('See you at midnight')).toBeVisible()
  await expect(part('Your library').getByText('Nightfall')).toBeVisible()
  await expectAccessible(page)

  const ben = await person('Ben')
  await join(ben, address)
  await page.context().setOffline(false)
  await expect(
    ben.page.getByRole('region', { name: 'Chat of the session' }).getByText('See you at midnight'),
  ).toBeVisible()
})

test('on an iPhone, where no browser offers it, it says how it is installed', async ({ browser }) => {
  const iPhone = devices['iPhone 14']
  for (const locale of locales) {
    const context = await browser.newContext({ ...iPhone, locale })
    const page = await context.newPage()
    await page.goto('/account/diagnostics')
    const { title, iosSteps, iosHonest, action } = messagesByLocale[locale].install
    const card = page.getByRole('region', { name: title })
    await expect(card).toContainText(iosSteps)
    await expect(card).toContainText(iosHonest)
    await expect(card.getByRole('button', { name: action })).toHaveCount(0)
    await expectAccessible(page)
    await context.close()
  }
})

test('a newer version waits while music plays, and is loaded when its person says so', async ({ person }) => {
  const marta = await person('Marta', 'desktop')
  const address = await startSession(marta, 'The newest')
  await addToQueue(marta, ['Slow Tide'])
  const { page } = marta
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await hear(marta)
  await untilKept(page)
  // For the browser another address is another version.
  await page.evaluate(async (script) => {
    const registration = await navigator.serviceWorker.register(script, {
      scope: '/',
      updateViaCache: 'none',
    })
    const installed = registration.installing
    await new Promise<void>((resolve) => {
      if (registration.waiting) return resolve()
      installed?.addEventListener('statechange', () => {
        if (installed.state === 'installed') resolve()
      })
    })
  }, `${serviceWorkerPath}?newer`)
  const notice = page.getByText('A newer version is ready.')
  await expectMusic([marta])
  await expect(notice).toBeHidden()
  await page.getByRole('button', { name: 'Mute for me' }).click()
  await expect(notice).toBeVisible()
  await expectAccessible(page)
  const loadedAnew = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Reload' }).click()
  await loadedAnew
  expect(page.url()).toBe(address)
  await expect(notice).toBeHidden()
  await expect(page.getByRole('heading', { name: 'The newest' })).toBeVisible()
})

test('what is shared into it is asked about, and a session’s link opens the session', async ({ person }) => {
  const marta = await person('Marta', 'desktop')
  const address = await startSession(marta, 'Shared')
  const ana = await person('Ana')
  const { page } = ana
  await enterAsGuest(ana)
  await untilKept(page)
  await share(page, { text: `Come! ${address}` })
  await page.waitForURL(address)
  await page.goto('/')
  await share(page, { files: ['Tarde de verano.mp3', 'Tarde de verano.mp3'] })
  await expect(page.getByText('Tarde de verano.mp3')).toHaveCount(2)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add 2 files' }).click()
  await page.waitForURL('/studio')
  // They are no audio: that it is said shows that they arrived.
  await expect(page.getByText('This file is not audio')).toHaveCount(2)
})

type Shared = { text?: string; files?: string[] }

/** What the system does when somebody chooses the app in its sharing menu: posts the form of the manifest. */
async function share(page: Page, { text = '', files = [] }: Shared): Promise<void> {
  await page.evaluate(
    ([sharedText, fileNames]) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/share/receive' })
      const words = document.createElement('input')
      Object.assign(words, { name: 'text', value: sharedText })
      form.append(words)
      if (fileNames.length > 0) {
        const transfer = new DataTransfer()
        for (const fileName of fileNames) {
          const content = 'Dear listener, this is no song. '.repeat(2_000)
          transfer.items.add(new File([content], fileName, { type: 'audio/mpeg' }))
        }
        const input = document.createElement('input')
        Object.assign(input, { type: 'file', name: 'files', files: transfer.files })
        form.append(input)
      }
      document.body.append(form)
      form.submit()
    },
    [text, files] as const,
  )
}
