'use client'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { Button } from '#components/ui/button.tsx'
import { useSound } from './use-sound.ts'

/** Says that the nudge may be another device's, and offers to keep it or to forget it. */
export function OutputDoubt() {
  const t = useTranslations('sound')
  const { sound } = useRoomContext()
  const isDoubtful = useSound((snapshot) => snapshot.isOutputDoubtful)
  const nudgeInMs = useSound((snapshot) => snapshot.nudge?.nudgeInMs ?? 0)
  if (!isDoubtful) return null
  return (
    <div role="status" className="bubble flex flex-col gap-3 bg-warn-deep p-4 text-sm">
      <p className="flex gap-2 text-warn">
        <TriangleAlert className="size-4 shrink-0 translate-y-0.5" aria-hidden="true" />
        {t('doubtText', { nudge: nudgeInMs })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="outline" onClick={() => sound.trustOutput()}>
          {t('doubtKeep')}
        </Button>
        {nudgeInMs === 0 ? null : (
          <Button look="outline" onClick={() => sound.setNudge(null)}>
            {t('reset')}
          </Button>
        )}
      </div>
    </div>
  )
}
