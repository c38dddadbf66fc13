/** The languages of the product; one more is one more file of messages. */
export const locales = ['es', 'en'] as const
export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'en'

/** Remembers a language chosen by hand; without it the browser's own list decides. */
export const localeCookieName = 'whatssound-locale'

export function isLocale(value: string | undefined): value is Locale {
  return locales.some((locale) => locale === value)
}

/**
 * The language to answer in: the one chosen by hand, else the first of ours in the browser's order of preference
 * (RFC 9110, 12.5.4: `es-MX;q=0.9` counts as `es`; `q=0` means never).
 */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen
  const preferred = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { language: tag.split('-')[0], quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of preferred) if (isLocale(language)) return language
  return defaultLocale
}
