import { globSync } from 'node:fs'
import { type Locale, locales } from '#lib/i18n/locales.ts'
import { expectAccessible } from '../../fixtures/accessible.ts'
import { goAndFetch } from '../../fixtures/fetched.ts'
import { expectToFitTightly } from '../../fixtures/fits.ts'
import { languageMistakes, textsOf } from '../../fixtures/languages.ts'
import { expect, type Person, test } from '../../fixtures/people.ts'
import { enterAsGuest, startSession } from '../../fixtures/session.ts'

/** The address of every page that there is, from its file; `[parts]` are still to be filled in. */
const everyPage = globSync('app/**/page.tsx').map(
  (file) =>
    `/${file
      .split('/')
      .slice(1, -1)
      .filter((part) => !part.startsWith('('))
      .join('/')}`,
)

/** Something for each part of an address that is not fixed. A new kind of page names its own here. */
function fillIn(address: string, session: string, handle: string): string {
  return address
    .replace('/s/[slug]', new URL(session).pathname)
    .replace('[handle]', handle)
    .replace('/tips/[id]', `/tips/${crypto.randomUUID()}`)
}

const browserLanguage: Record<Locale, string> = { es: 'es-ES', en: 'en-GB' }

async function expectInLanguage(
  { page, complaints }: Person,
  address: string,
  locale: Locale,
): Promise<void> {
  await goAndFetch(page, address)
  await expect(page.locator('html'), address).toHaveAttribute('lang', locale)
  expect(languageMistakes(await textsOf(page), locale), address).toEqual([])
  // The tip is none: its page says so, and the browser says that it did.
  const isOfMissingTip = (complaint: string) =>
    address.startsWith('/tips/') && /status of 404/.test(complaint) && complaint.endsWith(address)
  expect(
    complaints.splice(0).filter((complaint) => !isOfMissingTip(complaint)),
    address,
  ).toEqual([])
}

test('every page reads whole in both languages, is accessible, and fits when it is enlarged', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const session = await startSession(dj, 'Sesión session')
  // As long as one may be.
  const handle = 'marta_of_every_page_long'
  await dj.page.evaluate(async (name) => {
    const body = JSON.stringify({ handle: name })
    await fetch('/api/me', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  }, handle)
  const addresses = everyPage.map((address) => fillIn(address, session, handle))
  expect(addresses.filter((address) => address.includes('['))).toEqual([])
  expect(addresses).toContain('/')

  for (const locale of locales) {
    const visitor = await person('Ana', 'phone', browserLanguage[locale])
    for (const address of addresses) {
      await expectInLanguage(visitor, address, locale)
      // What is measured does not hang on the language, but that the words fit does: the longer ones on the phone.
      if (locale !== 'es') continue
      await expectAccessible(visitor.page)
      await expectToFitTightly(visitor.page)
    }
    await dj.page
      .context()
      .addCookies([{ name: 'whatssound-locale', value: locale, url: new URL(session).origin }])
    for (const address of addresses) {
      await expectInLanguage(dj, address, locale)
      if (locale !== 'en') continue
      await expectAccessible(dj.page)
      await expectToFitTightly(dj.page)
    }
  }
})

test('the link of a session shows a card of its own, unless it is private', async ({ person }) => {
  const marta = await person('Marta', 'desktop')
  const { page } = marta
  await enterAsGuest(marta)
  const begin = async (title: string, visibility: RegExp) => {
    await page.goto('/studio')
    await page.getByLabel('Name of the session').fill(title)
    await page.getByRole('radio', { name: visibility }).check({ force: true })
    await page.getByRole('button', { name: 'Open the room' }).click()
    await page.waitForURL(/\/s\//)
    return new URL(page.url()).pathname.replace('/s/', '')
  }
  const cardOf = (locale: Locale, slug: string) => page.request.get(`/og/${locale}/${slug}`)
  const openly = await begin('Terrace at dusk', /^Everyone/)
  const cards = await Promise.all(locales.map((locale) => cardOf(locale, openly)))
  for (const card of cards) {
    expect(card.headers()['content-type']).toBe('image/png')
    expect((await card.body()).byteLength).toBeGreaterThan(10_000)
  }
  const drawn = await Promise.all(cards.map(async (card) => (await card.body()).toString('base64')))
  expect(new Set(drawn).size).toBe(locales.length)
  const privately = await begin('Behind the curtain', /^By invitation/)
  expect((await cardOf('en', privately)).status()).toBe(404)
  expect((await cardOf('en', 'no-such-session')).status()).toBe(404)
})

test('a link shows a card in the language of its page', async ({ person }) => {
  const cards: string[] = []
  for (const locale of locales) {
    const { page } = await person('Ana', 'phone', browserLanguage[locale])
    await page.goto('/')
    const card = page.locator('meta[property="og:image"]')
    await expect(card).toHaveAttribute('content', new RegExp(`/og/${locale}$`))
    const image = await page.request.get((await card.getAttribute('content')) ?? '')
    expect(image.headers()['content-type']).toBe('image/png')
    expect((await image.body()).byteLength).toBeGreaterThan(10_000)
    // Other apps, which fetch it, speak no language.
    const fetched = await page.request.get(image.url(), { headers: { 'accept-language': 'fr' } })
    cards.push((await fetched.body()).toString('base64'))
  }
  expect(new Set(cards).size).toBe(locales.length)
})
