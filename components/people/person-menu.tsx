'use client'
import { Ban, Ellipsis, UserRoundMinus, UserRoundPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { useModerationItems } from '#components/moderation/use-moderation-items.ts'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Menu } from '#components/ui/menu.tsx'
import { notify } from '#components/ui/toasts.ts'
import type { Member } from '#lib/protocol/session-state.ts'
import { useMyPeople } from './use-my-people.ts'

type PersonMenuProps = {
  person: Member
  /** Called when they were followed, or are no longer. */
  onFollow: (following: boolean) => void
}

/** Following and blocking somebody who is here; for who moderates, also what can be decided over them. */
export function PersonMenu({ person, onFollow }: PersonMenuProps) {
  const { userId, name } = person
  const t = useTranslations()
  const moderation = useModerationItems(person)
  const { following, blocked, follow, block } = useMyPeople()
  const isFollowing = following.has(userId)
  const isBlocked = blocked.has(userId)
  const attempt = async (action: Promise<void>, done: string) => {
    try {
      await action
      notify(done)
    } catch (error) {
      notify(t(`errors.${errorCodeOf(error)}`), 'warn')
    }
  }
  return (
    <Menu
      label={t('profile.actions', { name })}
      face={<Ellipsis className="size-5" aria-hidden="true" />}
      className={buttonStyle('quiet', 'icon', '-mr-2')}
      items={[
        !isBlocked && {
          icon: isFollowing ? UserRoundMinus : UserRoundPlus,
          label: t(isFollowing ? 'profile.unfollow' : 'profile.follow'),
          onClick: () =>
            void attempt(
              follow(userId, !isFollowing).then(() => onFollow(!isFollowing)),
              t(isFollowing ? 'profile.unfollowed' : 'profile.followed', { name }),
            ),
        },
        {
          icon: Ban,
          label: t(isBlocked ? 'profile.unblock' : 'profile.block'),
          onClick: () =>
            void attempt(
              block(userId, !isBlocked),
              t(isBlocked ? 'profile.unblocked' : 'profile.blockedNow', { name }),
            ),
        },
        ...moderation,
      ]}
    />
  )
}
