import type { useTranslations } from 'next-intl'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import type { Tip } from '#lib/protocol/tips.ts'

/** A tip in one sentence, with as much of it as its giver shows. */
export function sayTip(
  { name, amount, currency }: Tip,
  t: ReturnType<typeof useTranslations<'tips'>>,
  locale: string,
): string {
  const who = { name: name ?? t('somebody') }
  if (amount === null || currency === null) return t('line', who)
  return t('lineAmount', { ...who, amount: amountText(amount, currency, locale) })
}

/** The same with the words that came with it. */
export function sayTipAloud(tip: Tip, t: ReturnType<typeof useTranslations<'tips'>>, locale: string): string {
  const said = sayTip(tip, t, locale)
  return tip.message ? t('lineSaid', { tip: said, message: tip.message }) : said
}
