import { NextIntlClientProvider } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { useDeleteTrack } from './use-track-changes.ts'

const notify = vi.hoisted(() => vi.fn())
vi.mock('#components/ui/toasts.ts', () => ({ notify }))

afterEach(() => {
  vi.unstubAllGlobals()
})

type DeleteTrack = ReturnType<typeof useDeleteTrack>

const given = vi.fn<(deleteTrack: DeleteTrack) => void>()
function useRow(): null {
  given(useDeleteTrack())
  return null
}

/** Deletes a track on a server that refuses; answers what is said about it. */
async function refusedWith(code: ErrorCode, locale: 'en' | 'es') {
  vi.stubGlobal('fetch', async () => Response.json({ error: { code } }, { status: 409 }))
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messagesByLocale[locale]} timeZone="UTC">
      {createElement(useRow)}
    </NextIntlClientProvider>,
  )
  expect(await given.mock.lastCall?.[0]('track')).toBe(false)
  return notify.mock.lastCall?.[0]
}

test.each(['en', 'es'] as const)(
  'a track that plays is not said to be queued already, in %s',
  async (locale) => {
    const { library, errors } = messagesByLocale[locale]
    expect(await refusedWith('already_queued', locale)).toBe(library.deletePlaying)
    expect(await refusedWith('rate_limited', locale)).toBe(errors.rate_limited)
  },
)
