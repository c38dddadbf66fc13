'use client'
import { Mic, MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { use } from 'react'
import { useHoldReload } from '#components/app-update/use-hold-reload.ts'
import { Recordings } from '#components/recordings/recordings.tsx'
import { useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { AirStatus } from './air-status.tsx'
import { Captions } from './captions.tsx'
import { LevelMeter } from './level-meter.tsx'
import { LiveDeskContext, useDesk, useLiveDesk } from './live-desk-context.ts'
import { LiveProblem } from './live-problem.tsx'
import { SetButton } from './set-button.tsx'
import { SourcePicker } from './source-picker.tsx'
import { TalkButton } from './talk-button.tsx'

/** The DJ's microphone, line-in or tab: ready it, see it, talk over the music or play live. */
export function LiveConsole() {
  return use(LiveDeskContext) ? <Console /> : null
}

function Console() {
  const t = useTranslations('live')
  const desk = useLiveDesk()
  const userId = useRoom((view) => view.me.userId)
  const choice = useDesk((state) => state.choice)
  const phase = useDesk((state) => state.phase)
  const isOpen = phase !== 'off' && phase !== 'asking'
  useHoldReload(isOpen)
  return (
    <section aria-label={t('title')} className="bubble flex flex-col gap-3 border border-line p-3 lg:p-4">
      <div className="flex flex-wrap items-center gap-2">
        {isOpen ? (
          <>
            <TalkButton />
            <SetButton />
          </>
        ) : (
          <Button look="outline" disabled={phase === 'asking'} onClick={() => void desk.open(choice)}>
            <Mic className="size-4" aria-hidden="true" />
            {t('open')}
          </Button>
        )}
        <SourcePicker />
        {isOpen ? (
          <Button look="quiet" disabled={phase !== 'ready'} onClick={desk.close}>
            <MicOff className="size-4" aria-hidden="true" />
            {t('close')}
          </Button>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <AirStatus />
        {isOpen ? <LevelMeter /> : null}
      </div>
      <LiveProblem />
      {isOpen ? <Captions /> : null}
      <Recordings userId={userId} />
    </section>
  )
}
