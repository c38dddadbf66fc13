import type { Locale } from '#lib/i18n/locales.ts'

/**
 * The pictures that an install prompt shows, of the product as it is; `npm run screenshots` takes them. Chromium wants
 * PNG or JPEG, 320 to 3840 pixels a side, one side at most 2.3 times the other, and one ratio for each form factor.
 */
export const screens = [
  { name: 'room', formFactor: 'narrow', width: 390, height: 844 },
  { name: 'lobby', formFactor: 'narrow', width: 390, height: 844 },
  { name: 'room', formFactor: 'wide', width: 1440, height: 900 },
  { name: 'lobby', formFactor: 'wide', width: 1440, height: 900 },
] as const
export type Screen = (typeof screens)[number]

export const screenPath = ({ name, formFactor }: Pick<Screen, 'name' | 'formFactor'>, locale: Locale) =>
  `/screenshots/${locale}/${name}-${formFactor}.png`
