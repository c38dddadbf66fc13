'use client'
import { LibraryBig, Pause, Play, SkipForward } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { useCommand, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { CrossfadeControl } from './crossfade-control.tsx'
import { TipGoalControl } from './tip-goal-control.tsx'

/** What the DJ does all night. Everything else is in the room's menu. */
export function DjControls({ onOpenLibrary }: { onOpenLibrary: () => void }) {
  const t = useTranslations('controls')
  const { readView } = useRoomContext()
  const command = useCommand()
  const isPlaying = useRoom((view) => view.playback.status === 'playing')
  const isIdle = useRoom((view) => view.playback.status === 'idle')
  const hasNext = useRoom((view) => view.queue.length > 0)

  return (
    <fieldset aria-label={t('label')} className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        aria-label={isPlaying ? t('pause') : t('play')}
        disabled={isIdle && !hasNext}
        onClick={() =>
          void command(isPlaying ? { kind: 'playback.pause' } : { kind: 'playback.play', itemId: null })
        }
        className="flex size-14 shrink-0 items-center justify-center rounded-full bg-volt text-on-volt transition-[background-color,transform] duration-150 ease-soft hover:bg-volt-bright active:scale-95 disabled:bg-control disabled:text-muted"
      >
        {isPlaying ? (
          <Pause className="size-6 fill-current" strokeWidth={0} aria-hidden="true" />
        ) : (
          <Play className="ml-0.5 size-6 fill-current" strokeWidth={0} aria-hidden="true" />
        )}
      </button>
      <IconButton
        look="outline"
        label={t('next')}
        disabled={isIdle}
        onClick={() => void command({ kind: 'playback.next', expectedRev: readView().playback.rev })}
      >
        <SkipForward className="size-5" aria-hidden="true" />
      </IconButton>
      <Button look="outline" onClick={onOpenLibrary}>
        <LibraryBig className="size-4" aria-hidden="true" />
        {t('library')}
      </Button>
      <CrossfadeControl />
      <TipGoalControl />
    </fieldset>
  )
}
