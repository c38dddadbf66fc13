import type { Locale } from './locales.ts'
import type { en } from './messages/en.ts'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: typeof en
  }
}
