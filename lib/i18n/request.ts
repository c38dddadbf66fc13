import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { compileMessages } from './compile-messages.ts'
import { chooseLocale, localeCookieName } from './locales.ts'
import { messagesByLocale } from './messages.ts'

const compiledByLocale = {
  en: compileMessages(messagesByLocale.en),
  es: compileMessages(messagesByLocale.es),
}

/** next-intl's way in: the language of a request and its messages. No address carries the language. */
export default getRequestConfig(async () => {
  const [cookieJar, requestHeaders] = await Promise.all([cookies(), headers()])
  const locale = chooseLocale(cookieJar.get(localeCookieName)?.value, requestHeaders.get('accept-language'))
  return { locale, messages: compiledByLocale[locale], timeZone: 'UTC' }
})
