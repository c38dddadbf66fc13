'use client'
import { IntlProvider, type Locale, type Messages as Texts } from 'next-intl'
import { type ReactNode, useMemo } from 'react'

type MessagesProps = { locale: Locale; json: string; children: ReactNode }

/**
 * The language of a page, and its texts. They travel as one string: as an object React would visit every one of them on
 * the way in, which takes a phone a tenth of a second.
 */
export function Messages({ locale, json, children }: MessagesProps) {
  const messages: Texts = useMemo(() => JSON.parse(json), [json])
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  )
}
