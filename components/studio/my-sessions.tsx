import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'

type MySession = { id: string; slug: string; title: string }

/** The rooms that one has open: the way back in. */
export function MySessions({ sessions }: { sessions: readonly MySession[] }) {
  const t = useTranslations('start')
  if (sessions.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold text-lg">{t('mine')}</h2>
      <ul className="flex flex-col gap-2">
        {sessions.map(({ id, slug, title }) => (
          <li key={id}>
            <Link
              href={`/s/${slug}`}
              className="bubble flex min-h-14 items-center gap-3 border border-line bg-raised px-4 transition-colors hover:border-edge hover:bg-control"
            >
              <OnAirDot />
              <span className="display min-w-0 flex-1 truncate text-xl">{title}</span>
              <span className="label text-ember">{t('live')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
