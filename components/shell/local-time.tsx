'use client'
import { IntlProvider, useLocale } from 'next-intl'
import { type ReactNode, startTransition, useEffect, useState } from 'react'

/**
 * Every time is said by the clock of the profile, else of the browser, which nobody knows until its page is alive. Asking a
 * browser costs it some 50 ms: it is asked when the page has come to life, not on the way there.
 */
export function LocalTime({ chosen, children }: { chosen: string | null; children: ReactNode }) {
  const locale = useLocale()
  const [own, setOwn] = useState('UTC')
  useEffect(() => {
    if (chosen !== null) return
    const ask = () => startTransition(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone))
    const asked = setTimeout(ask)
    return () => clearTimeout(asked)
  }, [chosen])
  return (
    <IntlProvider locale={locale} timeZone={chosen ?? own}>
      {children}
    </IntlProvider>
  )
}
