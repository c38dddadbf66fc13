import { existsSync, statSync } from 'node:fs'
import { createTranslator } from 'next-intl'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { locales } from '#lib/i18n/locales.ts'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import { manifestIn } from './manifest-in.ts'

const manifests = locales.map((locale) =>
  manifestIn(locale, createTranslator({ locale, messages: messagesByLocale[locale] })),
)
const [es, en] = manifests
const fileOf = (src: string) => `public${src}`
/** An install prompt may come over a slow network. */
const pictureMaxBytes = 120_000

test('it is one app in two languages', () => {
  expect(manifests.map(({ lang }) => lang)).toEqual(locales)
  expect(new Set(manifests.map(({ id, start_url }) => `${id} ${start_url}`)).size).toBe(1)
  expect(es?.description).not.toBe(en?.description)
  // Longer ones are cut off in the prompt.
  for (const { description } of manifests) expect(description?.length).toBeLessThan(300)
})

test.each(manifests)(
  'its icons in $lang are files of the sizes that it says',
  async ({ icons, shortcuts }) => {
    const all = [...(icons ?? []), ...(shortcuts ?? []).flatMap((shortcut) => shortcut.icons ?? [])]
    for (const { src, sizes } of all) {
      const { width, height } = await sharp(fileOf(src)).metadata()
      expect(`${width}x${height}`, src).toBe(sizes)
    }
    const sizes = icons?.filter(({ purpose }) => purpose === undefined).map(({ sizes }) => sizes)
    expect(sizes).toEqual(['192x192', '512x512'])
  },
)

/** web.dev, "Richer install UI". */
test.each(manifests)('its pictures in $lang are such as Chromium shows', async ({ screenshots = [] }) => {
  expect(new Set(screenshots.map(({ form_factor }) => form_factor))).toEqual(new Set(['narrow', 'wide']))
  expect(screenshots.length).toBeLessThanOrEqual(8)
  const ratios = new Set<string>()
  for (const { src, sizes, form_factor, label } of screenshots) {
    expect(existsSync(fileOf(src)), src).toBe(true)
    const { width, height, format } = await sharp(fileOf(src)).metadata()
    expect(`${width}x${height} ${format}`, src).toBe(`${sizes} png`)
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(320)
    expect(Math.max(width, height)).toBeLessThanOrEqual(Math.min(3_840, 2.3 * Math.min(width, height)))
    expect(statSync(fileOf(src)).size, src).toBeLessThan(pictureMaxBytes)
    expect(label).toBeTruthy()
    ratios.add(`${form_factor} ${width / height}`)
  }
  expect(ratios.size).toBe(2)
})
