import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { type Screen, screenPath } from '#app/manifest/screens.ts'
import { type Locale, localeCookieName } from '#lib/i18n/locales.ts'
import { type Person, test } from '../fixtures/people.ts'
import { addToQueue, hear, join, startSession } from '../fixtures/session.ts'
import { productUrl } from '../runner/product-address.ts'

/** What people say in the pictures. */
const evenings = {
  es: {
    title: 'Azotea, de madrugada',
    marta: 'Buenas noches, azotea. Tres para entrar en calor.',
    ben: 'Qué línea de bajo 🔥',
    ana: 'Ahora Neon Kiosk, porfa',
  },
  en: {
    title: 'Rooftop, after hours',
    marta: 'Good evening, rooftop. Three to warm up.',
    ben: 'That bass line 🔥',
    ana: 'Neon Kiosk next, please',
  },
}

/** The README's pictures. */
const shoot = ({ page }: Person, name: string) =>
  page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)), animations: 'allow' })

/** A picture for the install prompt, in the few colours that a dark page has. */
async function shootScreen({ page }: Person, screen: Pick<Screen, 'name' | 'formFactor'>, locale: Locale) {
  const picture = await page.screenshot({ animations: 'allow' })
  const path = `public${screenPath(screen, locale)}`
  await sharp(picture).png({ palette: true, compressionLevel: 9 }).toFile(path)
}

async function say({ page }: Person, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Write something' })
  await composer.fill(text)
  await composer.press('Enter')
}

/** `npm run screenshots`: pictures of the product as it is, in each language; the README has the last ones. */
for (const locale of ['es', 'en'] as const) {
  test(`pictures in ${locale}`, async ({ person }) => {
    const { title, ...words } = evenings[locale]
    const dj = await person('Marta', 'desktop')
    const ana = await person('Ana', 'phone')
    const ben = await person('Ben', 'desktop')
    const visitor = await person('Eva', 'phone')

    const address = await startSession(dj, title)
    await addToQueue(dj, ['Patio Lights', 'Slow Tide', 'Neon Kiosk'])
    await dj.page.getByRole('button', { name: 'Play', exact: true }).click()
    for (const listener of [ana, ben]) {
      await join(listener, address)
      await hear(listener)
    }
    await ben.page.getByRole('button', { name: /^Vote for Neon Kiosk/ }).click()
    await say(dj, words.marta)
    await say(ben, words.ben)
    await say(ana, words.ana)
    await hear(dj)
    if (locale === 'en') {
      await shoot(dj, 'room-desktop')
      await shoot(ana, 'room-phone')
    }

    for (const { page } of [ana, ben, visitor])
      await page.context().addCookies([{ name: localeCookieName, value: locale, url: productUrl }])
    for (const [listener, formFactor] of [
      [ana, 'narrow'],
      [ben, 'wide'],
    ] as const) {
      await listener.page.reload()
      await hear(listener, locale)
      await shootScreen(listener, { name: 'room', formFactor }, locale)
    }
    await visitor.page.goto('/')
    await visitor.page.getByText(title).waitFor()
    await shootScreen(visitor, { name: 'lobby', formFactor: 'narrow' }, locale)
    if (locale === 'en') await shoot(visitor, 'lobby-phone')
    await visitor.page.setViewportSize({ width: 1440, height: 900 })
    await shootScreen(visitor, { name: 'lobby', formFactor: 'wide' }, locale)
    if (locale === 'en') {
      await shoot(visitor, 'lobby-desktop')
      await dj.page.goto('/studio')
      await dj.page.getByText('Patio Lights').waitFor()
      await shoot(dj, 'studio-desktop')
    }

    // What is on air is in the lobby of the next pictures too.
    await dj.page.goto(address)
    await dj.page.getByRole('button', { name: 'More options' }).click()
    await dj.page.getByRole('menuitem', { name: 'End session' }).click()
    await dj.page.getByRole('button', { name: 'End for everyone' }).click()
    await dj.page.getByRole('heading', { name: 'The night is over' }).waitFor()
  })
}
