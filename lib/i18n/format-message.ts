import compile from 'icu-minify/compile'
import format from 'icu-minify/format'
import type { Locale } from './locales.ts'

type ArgumentOf<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ArgumentOf<Rest>
  : never

const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
}

/**
 * A message with its values in it, wherever this runs. next-intl's `createTranslator` parses messages in Node and in Deno, and
 * takes parsed ones alone in what Next builds (`next.config.ts`).
 */
export function formatMessage<Message extends string>(
  locale: Locale,
  message: Message,
  values: Record<ArgumentOf<Message>, string>,
): string {
  return String(format(compile(message), locale, values, { formatters }))
}
