'use client'
import { Repeat } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatDuration } from '#components/player/format-duration.ts'
import { readCue } from '#components/player/read-cue.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { useCommand, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import type { LoopRegion } from '#lib/domain/timeline/timeline.ts'
import { loopOf } from './loop-of.ts'
import { loopRegionFrom } from './loop-region.ts'

type LoopControlsProps = {
  /** Where the DJ wants the next loop to start; null before they said so. */
  markInMs: number | null
  onMark: (positionInMs: number | null) => void
}

/** Repeats a part of the song: from one press to the other, until it is left. */
export function LoopControls({ markInMs, onMark }: LoopControlsProps) {
  const t = useTranslations('loop')
  const room = useRoomContext()
  const command = useCommand()
  const loop = useRoom(loopOf)

  const send = (region: LoopRegion | null): void => {
    void command({ kind: 'playback.loop', region, expectedRev: room.readView().playback.rev })
  }
  const begin = (): void => {
    const cue = readCue(room)
    if (cue) onMark(Math.max(0, cue.positionInMs))
  }
  const close = (): void => {
    const cue = readCue(room)
    const region =
      cue && markInMs !== null ? loopRegionFrom(markInMs, cue.positionInMs, cue.slot.durationInMs) : null
    if (region) send(region)
    onMark(null)
  }
  const times = loop && { start: formatDuration(loop.startInMs), end: formatDuration(loop.endInMs) }
  const status = times
    ? t('running', times)
    : markInMs === null
      ? null
      : t('marked', { start: formatDuration(markInMs) })

  return (
    <fieldset aria-label={t('label')} className="flex flex-wrap items-center justify-center gap-x-1 gap-y-2">
      {times ? (
        <Button look="quiet" onClick={() => send(null)} className="text-volt">
          <Repeat className="size-4" aria-hidden="true" />
          {t('leave')}
          <span className="figures font-normal text-sm" aria-hidden="true">
            {times.start}–{times.end}
          </span>
        </Button>
      ) : (
        <>
          <Button look="quiet" aria-pressed={markInMs !== null} onClick={begin}>
            <Bracket side="in" isOn={markInMs !== null} />
            {t('in')}
          </Button>
          <Button look="quiet" disabled={markInMs === null} onClick={close}>
            {t('out')}
            <Bracket side="out" isOn={false} />
          </Button>
        </>
      )}
      <p role="status" className="sr-only">
        {status}
      </p>
    </fieldset>
  )
}

/** The same brackets as on the waveform. */
function Bracket({ side, isOn }: { side: 'in' | 'out'; isOn: boolean }) {
  const colour = isOn ? 'border-volt' : 'border-current'
  const shape = side === 'in' ? 'border-l-2' : 'border-r-2'
  return <span aria-hidden="true" className={`h-4 w-1.5 border-y-2 ${shape} ${colour}`} />
}
