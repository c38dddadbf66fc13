'use client'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { BannedPeople } from '#components/moderation/banned-people.tsx'
import { WithModeration } from '#components/moderation/with-moderation.tsx'
import { useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import { useLater } from '#components/ui/use-later.ts'
import { PersonRow } from './person-row.tsx'
import { sortPeople } from './sort-people.ts'
import { usePeopleHere } from './use-people-here.ts'

const loadOffer = () =>
  import('#components/account/notification-offer.tsx').then((module) => module.NotificationOffer)

/**
 * Who is in the room now: everybody in a small one; of a large one some, with more for whoever asks. For who moderates, also
 * who is muted, and who cannot come in.
 */
export function People() {
  const t = useTranslations('people')
  const here = useRoom((view) => view.here)
  const hereCount = useRoom((view) => view.hereCount)
  const [followedName, setFollowedName] = useState<string | null>(null)
  const NotificationOffer = useLater(loadOffer, followedName !== null, () => setFollowedName(null))
  const isLarge = useRoom((view) => view.memberCount > view.members.length)
  const pages = usePeopleHere(isLarge)
  const regionRef = useRef<HTMLElement>(null)
  useKeptFocus(regionRef)
  const people = pages.people ?? sortPeople(here)
  const unnamedCount = hereCount - people.length
  return (
    <section
      ref={regionRef}
      aria-label={t('here')}
      className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 py-3 focus-visible:-outline-offset-2 lg:px-5"
    >
      <div className="mb-3 empty:hidden">
        {NotificationOffer && followedName !== null ? <NotificationOffer name={followedName} /> : null}
      </div>
      <WithModeration onDecided={pages.refresh}>
        <ul className="flex flex-col gap-1">
          {people.map((person) => (
            <PersonRow
              key={person.userId}
              person={person}
              onFollow={(following) => setFollowedName(following ? person.name : null)}
            />
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
        <BannedPeople />
      </WithModeration>
    </section>
  )
}
