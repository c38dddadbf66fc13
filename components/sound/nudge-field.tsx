'use client'
import { Minus, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { nudgeRangeInMs } from '#lib/client/calibration/stored-sound.ts'
import { useSound } from './use-sound.ts'

/** A slider that is still being dragged moves nothing yet: the player looks for the beat after each large move. */
const settledAfterInMs = 200

/** How much earlier this device plays than the clock says, because its output is late: by hand, to the millisecond. */
export function NudgeField() {
  const t = useTranslations('sound')
  const id = useId()
  const { sound } = useRoomContext()
  const nudge = useSound((snapshot) => snapshot.nudge)
  const [draftInMs, setDraftInMs] = useState<number | null>(null)
  const nudgeInMs = draftInMs ?? nudge?.nudgeInMs ?? 0
  const step = (byInMs: number) =>
    setDraftInMs(Math.min(nudgeRangeInMs.max, Math.max(nudgeRangeInMs.min, nudgeInMs + byInMs)))
  useEffect(() => {
    if (draftInMs === null) return
    const settled = setTimeout(() => {
      setDraftInMs(null)
      sound.setNudge(draftInMs === 0 ? null : { nudgeInMs: draftInMs, by: 'hand', uncertaintyInMs: null })
    }, settledAfterInMs)
    return () => clearTimeout(settled)
  }, [draftInMs, sound])
  const said =
    nudgeInMs === 0
      ? t('nudgeNone')
      : t(nudgeInMs > 0 ? 'nudgeEarly' : 'nudgeLate', { amount: Math.abs(nudgeInMs) })
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="sr-only">
          {t('nudgeLabel')}
        </label>
        <p className="text-sm">{said}</p>
        <span aria-hidden="true" className="figures text-2xl text-volt">
          {nudgeInMs > 0 ? '+' : nudgeInMs < 0 ? '−' : ''}
          {Math.abs(nudgeInMs)}
          <span className="text-base text-muted"> ms</span>
        </span>
      </div>
      <div className="flex items-center gap-2">
        <IconButton look="outline" label={t('nudgeLess')} onClick={() => step(-1)}>
          <Minus className="size-4" aria-hidden="true" />
        </IconButton>
        <input
          id={id}
          type="range"
          min={nudgeRangeInMs.min}
          max={nudgeRangeInMs.max}
          step={1}
          value={nudgeInMs}
          aria-valuetext={said}
          onChange={(event) => setDraftInMs(event.currentTarget.valueAsNumber)}
          className="h-11 min-w-0 flex-1 cursor-pointer"
        />
        <IconButton look="outline" label={t('nudgeMore')} onClick={() => step(1)}>
          <Plus className="size-4" aria-hidden="true" />
        </IconButton>
      </div>
      {nudge ? (
        <div className="flex min-h-11 items-center justify-between gap-4">
          <p className="text-muted text-sm">
            {nudge.uncertaintyInMs === null
              ? t('foundByHand')
              : t(nudge.by === 'taps' ? 'foundByTaps' : 'foundByMicrophone', {
                  uncertainty: Math.max(1, Math.round(nudge.uncertaintyInMs)),
                })}
          </p>
          <Button look="quiet" onClick={() => sound.setNudge(null)}>
            {t('reset')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
