'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { z } from 'zod'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import type { MyPeople, Somebody } from '#lib/protocol/profile.ts'
import { AccountSection } from './account-section.tsx'
import { useSave } from './use-save.ts'

/** Whom one follows, and whom one does not want to hear from; both can be taken back here. */
export function PeopleSection({ people }: { people: MyPeople }) {
  const t = useTranslations('account')
  return (
    <AccountSection title={t('people')} text={t('peopleText')}>
      <PeopleList title={t('following')} empty={t('followingNone')} people={people.following} kind="follow" />
      <PeopleList title={t('blocked')} empty={t('blockedNone')} people={people.blocked} kind="block" />
    </AccountSection>
  )
}

type PeopleListProps = { title: string; empty: string; people: readonly Somebody[]; kind: 'follow' | 'block' }

function PeopleList({ title, empty, people, kind }: PeopleListProps) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const { save, isBusy, refused } = useSave()
  const undo = (userId: string) =>
    save(
      `/api/people/${userId}/${kind}`,
      z.unknown(),
      kind === 'follow' ? { following: false } : { blocked: false },
    )
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-semibold text-lg">{title}</h3>
      {people.length === 0 ? <p className="text-muted">{empty}</p> : null}
      <ul className="flex max-w-lg flex-col gap-1">
        {people.map(({ userId, displayName, handle, avatarPath }) => (
          <li key={userId} className="flex min-h-12 items-center gap-3">
            <Avatar id={userId} name={displayName} src={mediaUrl(avatarPath)} />
            <bdi className="min-w-0 flex-1 truncate font-medium">
              <PersonName handle={handle} name={displayName} />
            </bdi>
            <Button
              look="quiet"
              disabled={isBusy}
              onClick={() => void undo(userId)}
              aria-label={t(kind === 'follow' ? 'profile.unfollowName' : 'profile.unblockName', {
                name: displayName,
              })}
            >
              {t(kind === 'follow' ? 'profile.unfollow' : 'profile.unblock')}
            </Button>
          </li>
        ))}
      </ul>
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
    </div>
  )
}

function PersonName({ handle, name }: { handle: string | null; name: string }) {
  return handle ? <Link href={`/u/${handle}`}>{name}</Link> : name
}
