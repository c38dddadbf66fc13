import { IntlProvider, useFormatter, useTranslations } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { en } from '#lib/i18n/messages/en.ts'
import { LocalTime } from './local-time.tsx'

/** Somewhere on a page: the texts reach it from above as before. */
function useDay(): string {
  const t = useTranslations('start')
  return `${t('ended')}: ${useFormatter().dateTime(new Date('2026-11-28T23:30:00Z'), { dateStyle: 'medium' })}`
}

const shown = (chosen: string | null) =>
  renderToStaticMarkup(
    <IntlProvider locale="en" timeZone="UTC" messages={{ start: { ended: en.start.ended } }}>
      <LocalTime chosen={chosen}>{createElement(useDay)}</LocalTime>
    </IntlProvider>,
  )

it('dates things by the clock of the profile', () => {
  expect(shown('Europe/Madrid')).toBe('Ended: Nov 29, 2026')
})

it('dates things on the server as the page does while it comes to life, where the profile names no clock', () => {
  expect(shown(null)).toBe('Ended: Nov 28, 2026')
})
