'use client'
import { useTranslations } from 'next-intl'
import { useRoleOf } from '#components/room/use-role-of.ts'

/** Says who plays and who keeps the chat; listeners need no badge. */
export function RoleBadge({ userId }: { userId: string }) {
  const t = useTranslations('people')
  const role = useRoleOf(userId)
  if (role === 'listener') return null
  return <span className="label rounded-sm bg-control px-1.5 py-1 text-volt">{t(role)}</span>
}
