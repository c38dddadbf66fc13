import type { Locale } from './locales.ts'
import { en } from './messages/en.ts'
import { es } from './messages/es.ts'

/** The same keys in other words: English stands for the type of all, so that arguments are checked where texts are used. */
export const messagesByLocale: Record<Locale, typeof en> = { en, es: es as typeof en }
