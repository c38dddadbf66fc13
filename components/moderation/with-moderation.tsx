'use client'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useState } from 'react'
import { useCommand, useRoom } from '#components/room/use-room.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { notify } from '#components/ui/toasts.ts'
import { type Moderation, ModerationContext } from './moderation-context.ts'
import { useRestrictedPeople } from './use-restricted-people.ts'

type Somebody = Parameters<Moderation['askBan']>[0]

type WithModerationProps = {
  /** Called when something was decided; the same function each time. */
  onDecided?: () => void
  children: ReactNode
}

/**
 * Around a list of people, or of what they wrote. The question before a ban stays when the line that it was asked from is
 * gone: people leave, and messages scroll away.
 */
export function WithModeration({ onDecided, children }: WithModerationProps) {
  const t = useTranslations('moderation')
  const command = useCommand()
  const { data, error, mutate } = useRestrictedPeople()
  const isPrivate = useRoom((view) => view.session.visibility === 'private')
  const [asked, setAsked] = useState<Somebody | null>(null)
  const [isAsking, setAsking] = useState(false)
  const hasFailed = error !== undefined

  const moderation = useMemo<Moderation>(() => {
    const decide: Moderation['decide'] = async (decision, done) => {
      const { ok } = await command(decision)
      if (!ok) return
      notify(done)
      onDecided?.()
      await mutate()
    }
    return {
      muted: data?.muted ?? [],
      banned: data?.banned ?? [],
      hasFailed,
      decide,
      askBan: (person) => {
        setAsked(person)
        setAsking(true)
      },
      // The invitation by which somebody came into a private session lets them in no more.
      letIn: ({ userId, name }) =>
        decide({ kind: 'member.unban', userId }, t(isPrivate ? 'letInInvited' : 'letInNow', { name })),
    }
  }, [command, data, hasFailed, mutate, isPrivate, onDecided, t])

  return (
    <ModerationContext value={moderation}>
      {children}
      {asked ? (
        <ConfirmDialog
          open={isAsking}
          onOpenChange={setAsking}
          title={t('banTitle', { name: asked.name })}
          text={t('banText', { name: asked.name })}
          confirm={t('banConfirm')}
          onConfirm={() =>
            moderation.decide(
              { kind: 'member.ban', userId: asked.userId },
              t('bannedNow', { name: asked.name }),
            )
          }
        />
      ) : null}
    </ModerationContext>
  )
}
