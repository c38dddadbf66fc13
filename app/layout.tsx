import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Messages } from '#components/shell/messages.tsx'
import { appOrigin } from '#lib/server/http/app-origin.ts'
import { displayFace, figuresFace, textFace } from './fonts/faces.ts'
import { linkPreview } from './og/link-preview.ts'
import './globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const [t, locale, requestHeaders] = await Promise.all([getTranslations('meta'), getLocale(), headers()])
  return {
    metadataBase: new URL(appOrigin(requestHeaders)),
    title: { default: t('title'), template: '%s · WhatsSound' },
    description: t('description'),
    applicationName: 'WhatsSound',
    manifest: `/manifest/${locale}`,
    appleWebApp: { title: 'WhatsSound', statusBarStyle: 'black-translucent' },
    openGraph: linkPreview({ locale, title: t('title'), description: t('description') }),
    twitter: { card: 'summary_large_image' },
  }
}

export const viewport: Viewport = {
  themeColor: '#100d0a',
  colorScheme: 'dark',
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), getMessages()])
  return (
    <html lang={locale} className={`${displayFace.variable} ${textFace.variable} ${figuresFace.variable}`}>
      <body>
        <Messages locale={locale} json={JSON.stringify(messages)}>
          {children}
        </Messages>
      </body>
    </html>
  )
}
