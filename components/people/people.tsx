'use client'
import { useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { PersonMenu } from './person-menu.tsx'
import { sortPeople } from './sort-people.ts'

/** Who is in the room now. */
export function People() {
  const t = useTranslations('people')
  const here = useRoom((view) => view.here)
  const hereCount = useRoom((view) => view.hereCount)
  const myId = useRoom((view) => view.me.userId)
  const unnamedCount = hereCount - here.length
  return (
    <section aria-label={t('here')} className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 py-3 lg:px-5">
      <ul className="flex flex-col gap-1">
        {sortPeople(here).map(({ userId, name, role }) => (
          <li key={userId} className="flex min-h-12 items-center gap-3">
            <Avatar id={userId} name={name} />
            <bdi className="min-w-0 truncate font-medium">{name}</bdi>
            {userId === myId ? <span className="text-muted">{t('you')}</span> : null}
            <span className="ml-auto flex items-center gap-2">
              {role === 'listener' ? null : (
                <span className="label rounded-sm bg-control px-1.5 py-1 text-volt">{t(role)}</span>
              )}
              {userId === myId ? null : <PersonMenu userId={userId} name={name} />}
            </span>
          </li>
        ))}
      </ul>
      {unnamedCount > 0 ? <p className="py-3 text-muted">{t('more', { count: unnamedCount })}</p> : null}
    </section>
  )
}
