'use client'
import { useTranslations } from 'next-intl'
import { useHoldReload } from '#components/app-update/use-hold-reload.ts'
import { ListenButton } from '#components/player/listen-button.tsx'
import { LiveBanner } from '#components/player/live-banner.tsx'
import { NowPlaying } from '#components/player/now-playing.tsx'
import { SilentStage } from '#components/player/silent-stage.tsx'
import { SongWaveform } from '#components/player/song-waveform.tsx'
import { UpNext } from '#components/player/up-next.tsx'
import { VolumeSlider } from '#components/player/volume-slider.tsx'
import { Reactions } from '#components/reactions/reactions.tsx'
import { SoundButton } from '#components/sound/sound-button.tsx'
import { TipButton } from '#components/tips/tip-button.tsx'
import { TipsStrip } from '#components/tips/tips-strip.tsx'
import { useLater } from '#components/ui/use-later.ts'
import type { AudioPhase } from '#lib/client/audio/audio-snapshot.ts'
import { RoomNotices } from './room-notices.tsx'
import { useCurrentItem } from './use-current-item.ts'
import { useAudio, useIsAllowed, useRoom } from './use-room.ts'

/** What the room's DJ has, and whoever looks after it. */
const loadDjControls = () =>
  import('#components/console/dj-controls.tsx').then(({ DjControls }) => DjControls)
const loadLiveConsole = () =>
  import('#components/console/live/live-console.tsx').then(({ LiveConsole }) => LiveConsole)
const loadRoomHearing = () =>
  import('#components/sound/room-hearing.tsx').then(({ RoomHearing }) => RoomHearing)

const makesSound = (phase: AudioPhase) => phase !== 'silent' && phase !== 'needs_gesture'

/** The middle of the room: what plays, and what one can do about it. */
export function Stage({ djName, onOpenLibrary }: { djName: string; onOpenLibrary: () => void }) {
  const t = useTranslations()
  const item = useCurrentItem()
  const isPlayer = useIsAllowed('play')
  const looksAfterRoom = useRoom((view) => view.me.role !== 'listener')
  const DjControls = useLater(loadDjControls, isPlayer)
  const LiveConsole = useLater(loadLiveConsole, isPlayer)
  const RoomHearing = useLater(loadRoomHearing, looksAfterRoom)
  const isSounding = useAudio(({ phase, livePhase }) => makesSound(phase) || makesSound(livePhase))
  const needsGesture = useAudio(({ phase }) => phase === 'needs_gesture')
  useHoldReload(isSounding)
  return (
    <section
      aria-label={t('room.stage')}
      className="relative flex flex-col gap-4 px-4 pt-4 pb-2 lg:min-h-full lg:justify-center lg:gap-8 lg:px-10 lg:py-8"
    >
      <RoomNotices />
      <LiveBanner />
      {item ? (
        <>
          <NowPlaying item={item} />
          <SongWaveform item={item} />
          <UpNext currentItemId={item.id} />
        </>
      ) : (
        <SilentStage />
      )}
      <p aria-live="polite" className="sr-only">
        {item
          ? t('player.nowPlaying', {
              title: item.track.title,
              artist: item.track.artist ?? t('common.unknownArtist'),
            })
          : null}
      </p>
      {needsGesture ? <p className="-mb-1 text-muted text-sm">{t('player.startListeningText')}</p> : null}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 lg:gap-y-4">
        {isPlayer && DjControls ? <DjControls onOpenLibrary={onOpenLibrary} /> : null}
        {/* Beside the DJ's controls there is not always room for one's own sound: it goes to the next line as a whole. */}
        <div className="contents lg:flex lg:flex-wrap lg:items-center lg:gap-x-3 lg:gap-y-2">
          <ListenButton />
          <SoundButton />
          <VolumeSlider />
        </div>
        {looksAfterRoom && RoomHearing ? <RoomHearing /> : null}
        <Reactions />
        <TipButton djName={djName} />
      </div>
      <TipsStrip />
      {isPlayer && LiveConsole ? <LiveConsole /> : null}
    </section>
  )
}
