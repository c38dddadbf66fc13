'use client'
import { IntlProvider, useLocale } from 'next-intl'
import { type ReactNode, startTransition, useEffect, useState } from 'react'

/** What newer browsers have, and TypeScript's own types have not yet. */
type MayHaveTemporal = { Temporal?: { Now: { timeZoneId: () => string } } }

/** `Temporal` knows it at once; `Intl` first makes itself ready for writing dates, which takes a phone some 50 ms. */
function askForTimeZone(): string {
  const { Temporal } = globalThis as MayHaveTemporal
  return Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/**
 * Every time is said by the clock of the profile, else of the browser, which nobody knows until its page is alive. It is asked
 * when the page has come to life, not on the way there.
 */
export function LocalTime({ chosen, children }: { chosen: string | null; children: ReactNode }) {
  const locale = useLocale()
  const [own, setOwn] = useState('UTC')
  useEffect(() => {
    if (chosen !== null) return
    const ask = () => startTransition(() => setOwn(askForTimeZone()))
    const asked = setTimeout(ask)
    return () => clearTimeout(asked)
  }, [chosen])
  return (
    <IntlProvider locale={locale} timeZone={chosen ?? own}>
      {children}
    </IntlProvider>
  )
}
