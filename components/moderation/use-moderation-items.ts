'use client'
import {
  Disc3,
  DoorClosed,
  DoorOpen,
  Headphones,
  MessageSquare,
  MessageSquareOff,
  ShieldCheck,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import type { MenuItem } from '#components/ui/menu.tsx'
import { isAllowed, mayModerate } from '#lib/domain/permissions/permissions.ts'
import type { Member } from '#lib/protocol/session-state.ts'
import { useModeration } from './moderation-context.ts'

const mutes = [
  { text: 'muteTenMinutes', minutes: 10 },
  { text: 'muteAnHour', minutes: 60 },
  { text: 'muteTheEvening', minutes: 12 * 60 },
] as const

const appointments = [
  { to: 'moderator', icon: ShieldCheck },
  { to: 'co_dj', icon: Disc3 },
  { to: 'listener', icon: Headphones },
] as const

/** What one may decide over somebody here; nothing, over oneself and over whom one may not moderate. */
export function useModerationItems(person: Member): readonly MenuItem[] {
  const { userId, name, role } = person
  const t = useTranslations('moderation')
  const me = useRoom((view) => view.me)
  const { muted, banned, decide, askBan, letIn } = useModeration()
  if (userId === me.userId || !mayModerate(me.role, role)) return []
  // What the banned wrote is still there.
  if (banned.some((one) => one.userId === userId))
    return [{ icon: DoorOpen, label: t('letIn'), onClick: () => letIn(person) }]

  const muteFor = (minutes: number, done: string) => decide({ kind: 'member.mute', userId, minutes }, done)
  const unmuting = {
    icon: MessageSquare,
    label: t('unmute'),
    onClick: () => muteFor(0, t('unmutedNow', { name })),
  }
  const muting = mutes.map(({ text, minutes }) => ({
    icon: MessageSquareOff,
    label: t(text),
    onClick: () => muteFor(minutes, t('mutedNow', { name })),
  }))
  const isMuted = muted.some((one) => one.userId === userId)
  const appointing = appointments
    .filter(({ to }) => isAllowed(me.role, 'manage') && to !== role)
    .map(({ to, icon }) => ({
      icon,
      label: t(`make.${to}`),
      onClick: () => decide({ kind: 'member.set_role', userId, role: to }, t(`made.${to}`, { name })),
    }))
  const banning = { icon: DoorClosed, label: t('ban'), onClick: () => askBan(person) }
  return [...(isMuted ? [unmuting] : muting), ...appointing, banning]
}
