'use client'
import { IntlProvider, useLocale } from 'next-intl'
import type { ReactNode } from 'react'
import { useIsInBrowser } from '#components/app/use-is-in-browser.ts'

/** Every time is said by the clock of the profile, else of the browser, which nobody knows until its page is alive. */
export function LocalTime({ chosen, children }: { chosen: string | null; children: ReactNode }) {
  const locale = useLocale()
  const isInBrowser = useIsInBrowser()
  const own = isInBrowser ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC'
  return (
    <IntlProvider locale={locale} timeZone={chosen ?? own}>
      {children}
    </IntlProvider>
  )
}
