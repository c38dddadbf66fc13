import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { buttonStyle } from '#components/ui/button-style.ts'

/** Beams of one lamp, from wide and dim to narrow and bright where they overlap. */
const beams = [
  '470,-60 290,280 650,280',
  '470,-60 350,280 590,280',
  '470,-60 410,280 530,280',
  '470,-60 452,280 488,280',
]

/** An honest empty room: one lamp, waiting. */
export function EmptyLobby() {
  const t = useTranslations()
  const gradientId = useId()
  return (
    <div className="bubble relative overflow-hidden border border-line bg-raised">
      <svg
        viewBox="0 0 600 260"
        preserveAspectRatio="xMidYMin slice"
        aria-hidden="true"
        className="absolute inset-0 size-full"
      >
        <defs>
          <linearGradient id={gradientId} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#d9f54a" stopOpacity="0.13" />
            <stop offset="1" stopColor="#d9f54a" stopOpacity="0" />
          </linearGradient>
        </defs>
        {beams.map((points) => (
          <polygon key={points} points={points} fill={`url(#${gradientId})`} />
        ))}
      </svg>
      <div className="relative flex max-w-xl flex-col items-start gap-4 px-6 py-12 sm:px-12 sm:py-20">
        <h3 className="display text-4xl sm:text-5xl">{t('lobby.emptyTitle')}</h3>
        <p className="text-lg text-muted">{t('lobby.emptyText')}</p>
        <Link href="/studio" className={buttonStyle('outline', 'medium', 'mt-2')}>
          {t('landing.start')}
        </Link>
      </div>
    </div>
  )
}
