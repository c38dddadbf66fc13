'use client'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { LoopControls } from '#components/console/loop-controls.tsx'
import { loopOf } from '#components/console/loop-of.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { useCommand, useIsAllowed } from '#components/room/use-room.ts'
import type { QueueItem } from '#lib/protocol/session-state.ts'
import { PositionTimes } from './position-times.tsx'
import { readCue } from './read-cue.ts'
import { createSeekGesture } from './seek-gesture.ts'
import { SeekSlider } from './seek-slider.tsx'
import { SyncChip } from './sync-chip.tsx'
import { Waveform } from './waveform.tsx'

/** The song as light, with its times; the DJ can take hold of it. */
export function SongWaveform({ item }: { item: QueueItem }) {
  const room = useRoomContext()
  const command = useCommand()
  const isPlayer = useIsAllowed('play')
  const t = useTranslations('player')
  const { waveform, waveformBands, durationInMs, title } = item.track
  const [mark, setMark] = useState<{ itemId: string; positionInMs: number } | null>(null)
  const markInMs = mark?.itemId === item.id ? mark.positionInMs : null

  const gesture = useMemo(
    () =>
      createSeekGesture((positionInMs) => {
        void command({ kind: 'playback.seek', positionInMs, expectedRev: room.readView().playback.rev })
      }),
    [command, room],
  )
  useEffect(() => gesture.destroy, [gesture])

  const readView = useCallback(() => {
    const cue = readCue(room)
    const view = room.readView()
    return {
      waveform,
      bands: waveformBands ?? null,
      durationInMs,
      positionInMs: cue && cue.slot.itemId === item.id ? Math.max(0, cue.positionInMs) : null,
      aimInMs: gesture.aimInMs(),
      loop: loopOf(view),
      markInMs,
      isPlaying: view.playback.status === 'playing',
    }
  }, [room, waveform, waveformBands, durationInMs, item.id, gesture, markInMs])

  return (
    <div className="flex flex-col gap-2">
      <div className="relative h-20 sm:h-28 lg:h-40">
        <Waveform
          label={t('waveform', { title })}
          readView={readView}
          pace={isPlayer ? 'lively' : 'slow'}
          className="size-full"
        />
        {isPlayer ? <SeekSlider durationInMs={durationInMs} gesture={gesture} /> : null}
      </div>
      <PositionTimes
        middle={
          <div className="-my-2 font-sans tracking-normal lg:hidden">
            <SyncChip />
          </div>
        }
      />
      {isPlayer ? (
        <LoopControls
          markInMs={markInMs}
          onMark={(positionInMs) => setMark(positionInMs === null ? null : { itemId: item.id, positionInMs })}
        />
      ) : null}
    </div>
  )
}
