'use client'
import { useTranslations } from 'next-intl'
import { classNames } from '#components/ui/class-names.ts'
import { useRoom } from './use-room.ts'

const dots = {
  connecting: 'animate-pulse-air bg-muted',
  live: 'bg-volt',
  catching_up: 'animate-pulse-air bg-muted',
  broken: 'bg-warn',
}

/** How the room stands to its session: a dot while all is well, a word where it is not, and not for a mere moment. */
export function ConnectionState() {
  const t = useTranslations('connection')
  const status = useRoom(({ connection }) => connection.status)
  return (
    <span
      data-testid="connection"
      data-status={status}
      title={t(status)}
      className="flex shrink-0 items-center gap-1.5"
    >
      <span aria-hidden="true" className={classNames('size-1.5 rounded-full', dots[status])} />
      {status === 'live' ? (
        <span className="sr-only">{t(status)}</span>
      ) : (
        <span
          className={classNames(
            'whitespace-nowrap transition-opacity delay-700 starting:opacity-0',
            status === 'broken' && 'text-warn',
          )}
        >
          {t(status)}
        </span>
      )}
    </span>
  )
}
