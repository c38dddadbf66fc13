import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { isLocale } from '#lib/i18n/locales.ts'
import { drawLinkCard } from '../draw-link-card.tsx'

const aDayInSeconds = 86_400

/** The card of every page that has none of its own. The language is in the address: who fetches it has none. */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const t = await getTranslations({ locale })
  const card = { title: t('landing.headline'), text: t('meta.description'), note: t('meta.justALink') }
  return drawLinkCard(card, aDayInSeconds)
}
