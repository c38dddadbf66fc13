import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'

/** An honest empty room: one lamp, waiting. */
export function EmptyLobby() {
  const t = useTranslations()
  return (
    <div className="bubble relative overflow-hidden border border-line bg-raised">
      <svg
        viewBox="0 0 600 260"
        preserveAspectRatio="xMidYMin slice"
        aria-hidden="true"
        className="absolute inset-0 size-full"
      >
        <defs>
          <linearGradient id="lamp" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#d9f54a" stopOpacity="0.26" />
            <stop offset="1" stopColor="#d9f54a" stopOpacity="0" />
          </linearGradient>
        </defs>
        <path d="M470 -10 330 270h280Z" fill="url(#lamp)" className="animate-pulse-air" />
        <ellipse cx="470" cy="240" rx="120" ry="14" fill="#d9f54a" fillOpacity="0.07" />
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
