import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { isLocale } from '#lib/i18n/locales.ts'
import { manifestIn } from '../manifest-in.ts'

/** The manifest of the installed app. The language is in the address: browsers fetch it without cookies. */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const manifest = manifestIn(locale, await getTranslations({ locale }))
  return Response.json(manifest, { headers: { 'content-type': 'application/manifest+json' } })
}
