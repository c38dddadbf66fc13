'use client'
import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import type { ProfilePage } from '#lib/protocol/profile.ts'
import { PersonActions } from './person-actions.tsx'

type ProfileViewProps = { profile: ProfilePage; isSignedIn: boolean }

/** A person as everybody may see them, and what one can do about them. */
export function ProfileView({ profile, isSignedIn }: ProfileViewProps) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const { userId, displayName, handle, bio, links, avatarPath, followerCount, live } = profile
  return (
    <div className="flex flex-col gap-7">
      <div className="flex items-center gap-5">
        <Avatar id={userId} name={displayName} src={mediaUrl(avatarPath)} size="large" />
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="display break-words text-4xl sm:text-5xl">{displayName}</h1>
          <p className="text-muted [overflow-wrap:anywhere]">
            @{handle} · {t('profile.followers', { count: followerCount })}
          </p>
        </div>
      </div>
      {live ? (
        <Link
          href={`/s/${live.slug}`}
          className={buttonStyle('signal', 'large', 'self-start whitespace-normal! py-2')}
        >
          <OnAirDot />
          {t('profile.listen', { title: live.title })}
        </Link>
      ) : null}
      {bio ? (
        <p dir="auto" className="max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">
          {bio}
        </p>
      ) : null}
      {links.length > 0 ? (
        <ul aria-label={t('account.links')} className="flex flex-col">
          {links.map((link) => (
            <li key={link}>
              <a
                href={link}
                rel="nofollow ugc noopener"
                target="_blank"
                className="inline-flex min-h-11 items-center gap-2 text-volt [overflow-wrap:anywhere] hover:text-volt-bright"
              >
                <ExternalLink className="size-4 shrink-0" aria-hidden="true" />
                {link.replace(/^https:\/\//, '').replace(/\/$/, '')}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {profile.isMe ? (
        <Link href="/account" className={buttonStyle('outline', 'medium', 'self-start')}>
          {t('profile.edit')}
        </Link>
      ) : (
        <PersonActions profile={profile} isSignedIn={isSignedIn} />
      )}
    </div>
  )
}
