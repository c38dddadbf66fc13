import type { Metadata } from 'next'
import { linkCardSize } from '#components/share/link-card-size.ts'
import { type Locale, locales } from '#lib/i18n/locales.ts'

type LinkPreviewOptions = {
  locale: Locale
  title: string
  description: string
  /** The session that the link leads to, where it is not the app as a whole. */
  slug?: string
}

/** What other apps show of a link (Open Graph), with the card in the page's language. */
export function linkPreview({ locale, title, description, slug }: LinkPreviewOptions): Metadata['openGraph'] {
  const url = slug ? `/og/${locale}/${slug}` : `/og/${locale}`
  return {
    type: 'website',
    siteName: 'WhatsSound',
    locale,
    alternateLocale: locales.filter((other) => other !== locale),
    title,
    description,
    images: [{ url, ...linkCardSize, alt: title }],
  }
}
