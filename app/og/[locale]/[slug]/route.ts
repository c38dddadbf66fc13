import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { isLocale } from '#lib/i18n/locales.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { loadPublicHead } from '#lib/server/sessions/load-session-head.ts'
import { drawLinkCard } from '../../draw-link-card.tsx'

type Params = { params: Promise<{ locale: string; slug: string }> }

const aMinuteInSeconds = 60

/** A session's card, as everybody may see it: a private session has none. */
export async function GET(_request: Request, { params }: Params) {
  const { locale, slug } = await params
  if (!isLocale(locale)) notFound()
  const head = await loadPublicHead(slug).catch((error: unknown) => {
    // No session can have such an address.
    if (error instanceof CodedError && error.code === 'invalid_input') return null
    throw error
  })
  if (!head) notFound()
  const t = await getTranslations({ locale })
  const { title, djName, nowPlaying, status } = head
  const song = nowPlaying && [nowPlaying.title, nowPlaying.artist].filter(Boolean).join(' · ')
  const card = {
    title,
    text: song ? `${t('room.withDj', { name: djName })} · ${song}` : t('room.withDj', { name: djName }),
    note: status === 'ended' ? t('start.ended') : t('room.onAir'),
  }
  return drawLinkCard(card, aMinuteInSeconds)
}
