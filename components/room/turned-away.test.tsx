import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { en } from '#lib/i18n/messages/en.ts'
import { authCookieName } from '#lib/protocol/public-config.ts'
import { TurnedAway } from './turned-away.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** What Ana's room shows once it is refused, by whose auth session the browser holds by then. */
function shownTo(userId: string | null) {
  const session = btoa(JSON.stringify({ user: { id: userId } }))
  vi.stubGlobal('document', { cookie: userId ? `${authCookieName}=base64-${session}` : '' })
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <TurnedAway code="not_allowed" title="Den" userId="ana" />
    </NextIntlClientProvider>,
  )
}

test('a room is said to be by invitation to whom it refused', () => {
  for (const who of ['ana', null]) expect(shownTo(who)).toContain(en.states.privateTitle)
})

test('it is opened anew where somebody else has signed in meanwhile, who may be let in', () => {
  expect(shownTo('ben')).not.toContain(en.states.privateTitle)
  expect(shownTo('ben')).toContain(en.room.joiningText)
})
