import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { linkPreview } from '#app/og/link-preview.ts'
import { EndedRoom } from '#components/room/ended-room.tsx'
import { RefusedRoom } from '#components/room/refused-room.tsx'
import { RoomScreen } from '#components/room/room-screen.tsx'
import { CodedError } from '#lib/protocol/errors.ts'
import { loadMe } from '#lib/server/accounts/load-me.ts'
import { loadSessionHead } from '#lib/server/sessions/load-session-head.ts'

type RoomPageProps = {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ invitation?: string | string[]; debug?: string | string[] }>
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) ?? null

/** Once a request, though the title and the page both ask. An address that cannot be a session's leads nowhere. */
const loadHead = cache((slug: string, invitation: string | null) =>
  loadSessionHead(slug, invitation).catch((error: unknown) => {
    if (error instanceof CodedError && error.code === 'invalid_input') return null
    throw error
  }),
)

async function loadRoom({ params, searchParams }: RoomPageProps) {
  const [{ slug }, query] = await Promise.all([params, searchParams])
  const invitation = first(query.invitation)
  const head = await loadHead(slug, invitation)
  return { head, invitation, isDebugging: query.debug !== undefined }
}

export async function generateMetadata(props: RoomPageProps): Promise<Metadata> {
  const [{ head }, t, locale] = await Promise.all([loadRoom(props), getTranslations('meta'), getLocale()])
  if (!head) return {}
  const { title, slug, djName, visibility } = head
  const description = t('session', { title, name: djName })
  // What only some may find, no search engine should, and whoever shows the link could not fetch its card.
  if (visibility === 'private') return { title, description, robots: { index: false } }
  return {
    title,
    description,
    openGraph: linkPreview({ locale, title, description, slug }),
    ...(visibility === 'unlisted' && { robots: { index: false } }),
  }
}

export default async function RoomPage(props: RoomPageProps) {
  const [{ head, invitation, isDebugging }, me] = await Promise.all([loadRoom(props), loadMe()])
  if (!head) notFound()
  const { title, status, banned } = head
  if (status === 'ended') return <EndedRoom title={title} />
  if (banned) return <RefusedRoom code="banned" title={title} />
  return (
    <RoomScreen head={head} userId={me?.userId ?? null} invitation={invitation} isDebugging={isDebugging} />
  )
}
