import { NextIntlClientProvider } from 'next-intl'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import type { Role } from '#lib/domain/permissions/permissions.ts'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import { SilentStage } from './silent-stage.tsx'

describe.each(['en', 'es'] as const)('a silent stage, in %s', (locale) => {
  const { player } = messagesByLocale[locale]
  it.each<[who: Role, waiting: number, requests: 'open' | 'closed', text: keyof typeof player]>([
    ['dj', 0, 'open', 'idleDj'],
    ['dj', 2, 'closed', 'idleReady'],
    ['listener', 0, 'open', 'idleListener'],
    ['listener', 0, 'closed', 'idleClosed'],
    ['listener', 2, 'open', 'idleWaiting'],
    ['moderator', 2, 'closed', 'idleWaiting'],
  ])('tells a %s, with %i songs waiting and requests %s: %s', (role, waiting, requests, text) => {
    const view = {
      me: { role },
      queue: Array.from({ length: waiting }),
      session: { requestsOpen: requests === 'open' },
      live: null,
    }
    const room = { session: { subscribe: () => () => {} }, readView: () => view }
    const html = renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={messagesByLocale[locale]} timeZone="UTC">
        <RoomContext value={room as unknown as Room}>
          <SilentStage />
        </RoomContext>
      </NextIntlClientProvider>,
    )
    expect(html).toContain(player[text])
  })
})
