'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { z } from 'zod'
import { NotificationOffer } from '#components/account/notification-offer.tsx'
import { useSave } from '#components/account/use-save.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import type { ProfilePage } from '#lib/protocol/profile.ts'

type PersonActionsProps = { profile: ProfilePage; isSignedIn: boolean }

/** Following and blocking somebody, and taking it back. */
export function PersonActions({ profile, isSignedIn }: PersonActionsProps) {
  const t = useTranslations()
  const { save, isBusy, refused } = useSave()
  const { userId, handle, displayName, isFollowing, isBlocked } = profile
  if (!isSignedIn) {
    return (
      <Link href={`/sign-in?next=/u/${handle}`} className={buttonStyle('signal', 'medium', 'self-start')}>
        {t('profile.signInToFollow')}
      </Link>
    )
  }
  const follow = (following: boolean) =>
    save(`/api/people/${userId}/follow`, z.unknown(), { following }, null)
  const block = (blocked: boolean) => save(`/api/people/${userId}/block`, z.unknown(), { blocked }, null)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        {isBlocked ? null : (
          <Button
            look={isFollowing ? 'outline' : 'signal'}
            disabled={isBusy}
            onClick={() => void follow(!isFollowing)}
          >
            {t(isFollowing ? 'profile.unfollow' : 'profile.follow')}
          </Button>
        )}
        <Button look="quiet" disabled={isBusy} onClick={() => void block(!isBlocked)}>
          {t(isBlocked ? 'profile.unblock' : 'profile.block')}
        </Button>
      </div>
      {isFollowing ? <NotificationOffer name={displayName} /> : null}
      {isBlocked ? <p className="text-muted">{t('profile.blockedText', { name: displayName })}</p> : null}
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
    </div>
  )
}
