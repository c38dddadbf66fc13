'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useRoom } from '#components/room/use-room.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import { useLater } from '#components/ui/use-later.ts'
import { PersonMenu } from './person-menu.tsx'
import { sortPeople } from './sort-people.ts'
import { usePeopleHere } from './use-people-here.ts'

const loadOffer = () =>
  import('#components/account/notification-offer.tsx').then((module) => module.NotificationOffer)

/** Who is in the room now: everybody in a small one; of a large one some, with more for whoever asks. */
export function People() {
  const t = useTranslations('people')
  const here = useRoom((view) => view.here)
  const hereCount = useRoom((view) => view.hereCount)
  const myId = useRoom((view) => view.me.userId)
  const [followedName, setFollowedName] = useState<string | null>(null)
  const NotificationOffer = useLater(loadOffer, followedName !== null, () => setFollowedName(null))
  const isLarge = useRoom((view) => view.memberCount > view.members.length)
  const pages = usePeopleHere(isLarge)
  const people = pages.people ?? sortPeople(here)
  const unnamedCount = hereCount - people.length
  return (
    <section aria-label={t('here')} className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 py-3 lg:px-5">
      <div className="mb-3 empty:hidden">
        {NotificationOffer && followedName !== null ? <NotificationOffer name={followedName} /> : null}
      </div>
      <ul className="flex flex-col gap-1">
        {people.map(({ userId, name, role }) => (
          <li key={userId} className="flex min-h-12 items-center gap-3">
            <Avatar id={userId} name={name} />
            <bdi className="min-w-0 truncate font-medium">{name}</bdi>
            {userId === myId ? <span className="text-muted">{t('you')}</span> : null}
            <span className="ml-auto flex items-center gap-2">
              {role === 'listener' ? null : (
                <span className="label rounded-sm bg-control px-1.5 py-1 text-volt">{t(role)}</span>
              )}
              {userId === myId ? null : (
                <PersonMenu
                  userId={userId}
                  name={name}
                  onFollow={(following) => setFollowedName(following ? name : null)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      {unnamedCount > 0 ? <p className="py-3 text-muted">{t('more', { count: unnamedCount })}</p> : null}
      {pages.hasFailed ? (
        <p role="alert" className="pb-3 text-warn">
          {t('failed')}
        </p>
      ) : null}
      {pages.showMore ? (
        <Button look="outline" className="mb-3" aria-disabled={pages.isLoading} onClick={pages.showMore}>
          {t('showMore')}
        </Button>
      ) : null}
    </section>
  )
}
