import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, test } from 'vitest'
import { SocialButtons } from '#components/account/sign-in/social-buttons.tsx'
import { TipGoalControl } from '#components/console/tip-goal-control.tsx'
import { TipGoalPanel } from '#components/console/tip-goal-panel.tsx'
import { PlusOff } from '#components/plus/plus-off.tsx'
import { PlusSection } from '#components/plus/plus-section.tsx'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import { TipsOverview } from '#components/tips/studio/tips-overview.tsx'
import { TestPayments } from '#components/tips/test-payments.tsx'
import { TipButton } from '#components/tips/tip-button.tsx'
import { TipsOff } from '#components/tips/tips-off.tsx'
import { publicConfigFor } from '#lib/env/public-config.ts'
import { parseServerEnv } from '#lib/env/server.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import { providers } from '#lib/protocol/sign-in.ts'
import { createRevenueCatAccess } from '#lib/server/revenuecat/revenuecat-access.ts'
import { createStripeAccess } from '#lib/server/stripe/stripe-access.ts'
import { PublicConfigContext } from './public-config.ts'

/** A server on which nothing was set but where Supabase is. */
const env = parseServerEnv({
  SUPABASE_URL: 'http://localhost:54321',
  SUPABASE_PUBLISHABLE_KEY: 'key',
  SUPABASE_SECRET_KEY: 'secret',
})
const config = publicConfigFor(env, 'http://localhost:3000', false)

const shown = (page: ReactNode, locale: Locale) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesByLocale[locale]} timeZone="UTC">
      <PublicConfigContext value={config}>{page}</PublicConfigContext>
    </NextIntlClientProvider>,
  )

/** The room of a session, as somebody in it sees it. */
function inRoomAs(userId: string, part: ReactNode): ReactNode {
  const view = { me: { userId }, session: { id: 'session', djId: 'dj', tipGoal: null } }
  const room = { session: { subscribe: () => () => {} }, readView: () => view }
  return <RoomContext value={room as unknown as Room}>{part}</RoomContext>
}

test('without keys there is nobody to ask for money', () => {
  expect([config.payments, config.plus]).toEqual(['off', 'off'])
  expect(createStripeAccess(env)).toBeNull()
  expect(createRevenueCatAccess(env)).toBeNull()
})

describe.each(['en', 'es'] as const)('without keys, in %s', (locale) => {
  const off = { en: 'off on this server', es: 'en este servidor: falta' }[locale]

  it.each([
    ['the page of a DJ’s tips', <TipsOverview key="overview" />, 'STRIPE_SECRET_KEY'],
    ['the page of a guest’s tips, and of a tip', <TipsOff key="off" />, 'STRIPE_SECRET_KEY'],
    [
      'the goal in the DJ’s console',
      <TipGoalPanel key="panel" offer={undefined} hasFailed={false} goal={null} />,
      'STRIPE_SECRET_KEY',
    ],
    ['Plus on the account page', <PlusSection key="section" isOn={false} />, 'REVENUECAT_SECRET_KEY'],
    ['the page of Plus', <PlusOff key="plus" />, 'REVENUECAT_SECRET_KEY'],
  ])('%s says that it is off, and which variable turns it on', (_, page, variable) => {
    const html = shown(page, locale)
    expect(html).toContain(off)
    expect(html).toContain(variable)
  })

  it('each social account that is off says so on the account page, and which variable turns it on', () => {
    const html = shown(
      <SocialButtons available={['google']} purpose="add" next="/" showsWhatIsOff={true} />,
      locale,
    )
    for (const provider of providers) {
      const variable = `SUPABASE_AUTH_EXTERNAL_${provider.toUpperCase()}_CLIENT_ID`
      if (provider === 'google') expect(html).not.toContain(variable)
      else expect(html).toContain(variable)
    }
    expect(html.match(/<button/g)).toHaveLength(1)
  })

  it('signing in says that no social account is on', () => {
    const html = shown(<SocialButtons available={[]} purpose="sign_in" next="/" />, locale)
    expect(html).toContain(messagesByLocale[locale].signIn.noProviders)
    expect(html).not.toContain('<button')
  })

  it('nothing is offered that is not to be had', () => {
    expect(shown(<PlusSection isOn={false} />, locale)).not.toContain('href')
    expect(shown(<TipsOverview />, locale)).not.toContain(messagesByLocale[locale].tips.begin)
    expect(shown(inRoomAs('ana', <TipButton djName="Marta" />), locale)).toBe('')
    expect(shown(<TestPayments />, locale)).toBe('')
  })

  it('the DJ’s console has a button that leads to why, and nobody else’s has', () => {
    const { goalNone } = messagesByLocale[locale].tips
    expect(shown(inRoomAs('dj', <TipGoalControl />), locale)).toContain(`: ${goalNone}"`)
    expect(shown(inRoomAs('ana', <TipGoalControl />), locale)).toBe('')
  })
})
