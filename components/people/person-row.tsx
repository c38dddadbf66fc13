'use client'
import { useTranslations } from 'next-intl'
import { useModeration } from '#components/moderation/moderation-context.ts'
import { useUntil } from '#components/moderation/use-until.ts'
import { useRoom } from '#components/room/use-room.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import type { Member } from '#lib/protocol/session-state.ts'
import { PersonMenu } from './person-menu.tsx'

type PersonRowProps = {
  person: Member
  onFollow: (following: boolean) => void
}

/** Somebody who is here: their role, and what one can do about them. */
export function PersonRow({ person, onFollow }: PersonRowProps) {
  const t = useTranslations('people')
  const { userId, name, role } = person
  const isMe = useRoom((view) => view.me.userId === userId)
  return (
    <li className="flex min-h-12 items-center gap-3">
      <Avatar id={userId} name={name} />
      <span className="flex min-w-0 flex-col">
        <bdi className="truncate font-medium">{name}</bdi>
        <MutedUntil userId={userId} />
      </span>
      {isMe ? <span className="text-muted">{t('you')}</span> : null}
      <span className="ml-auto flex items-center gap-2">
        {role === 'listener' ? null : (
          <span className="label rounded-sm bg-control px-1.5 py-1 text-volt">{t(role)}</span>
        )}
        {isMe ? null : <PersonMenu person={person} onFollow={onFollow} />}
      </span>
    </li>
  )
}

/** Known to who moderates. */
function MutedUntil({ userId }: { userId: string }) {
  const t = useTranslations('moderation')
  const until = useUntil()
  const { muted } = useModeration()
  const mutedUntil = muted.find((one) => one.userId === userId)?.until
  if (mutedUntil === undefined) return null
  const { isToday, time } = until(mutedUntil)
  return <span className="text-muted text-sm">{t(isToday ? 'mutedUntil' : 'mutedUntilDate', { time })}</span>
}
