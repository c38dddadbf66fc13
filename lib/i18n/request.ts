import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { compileMessages } from './compile-messages.ts'
import { chooseLocale, type Locale, localeCookieName } from './locales.ts'
import { messagesByLocale } from './messages.ts'

const compiledByLocale = {
  en: compileMessages(messagesByLocale.en),
  es: compileMessages(messagesByLocale.es),
}

async function localeOfRequest(): Promise<Locale> {
  const [cookieJar, requestHeaders] = await Promise.all([cookies(), headers()])
  return chooseLocale(cookieJar.get(localeCookieName)?.value, requestHeaders.get('accept-language'))
}

/**
 * next-intl's way in: the language of a request and its messages. No page's address carries the language; those of cards
 * and manifests do (`named`), since whoever fetches them has none.
 */
export default getRequestConfig(async ({ locale: named }) => {
  const locale = named ?? (await localeOfRequest())
  return { locale, messages: compiledByLocale[locale], timeZone: 'UTC' }
})
