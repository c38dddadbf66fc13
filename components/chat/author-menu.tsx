'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useModerationItems } from '#components/moderation/use-moderation-items.ts'
import { useRoleOf } from '#components/room/use-role-of.ts'
import { Menu } from '#components/ui/menu.tsx'

type AuthorMenuProps = { userId: string; name: string; children: ReactNode }

/** The name above a message, as a button for who moderates: what can be decided over its author. */
export function AuthorMenu({ userId, name, children }: AuthorMenuProps) {
  const t = useTranslations('profile')
  const items = useModerationItems({ userId, name, role: useRoleOf(userId) })
  if (items.length === 0) return children
  return (
    <Menu
      label={t('actions', { name })}
      face={children}
      // As large as a finger, without moving the lines apart.
      className="relative flex min-w-0 rounded-sm text-left after:absolute after:-inset-x-3 after:-inset-y-3 hover:underline"
      items={items}
    />
  )
}
