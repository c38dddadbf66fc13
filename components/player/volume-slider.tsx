'use client'
import { useTranslations } from 'next-intl'
import { useRoomContext } from '#components/room/room-context.ts'
import { useSound } from '#components/sound/use-sound.ts'

/** For pointers only: phones have keys for it, and iOS ignores a page's volume. */
export function VolumeSlider() {
  const t = useTranslations('player')
  const { sound } = useRoomContext()
  const volume = useSound((snapshot) => snapshot.volume)
  return (
    <input
      type="range"
      aria-label={t('volume')}
      min={0}
      max={1}
      step={0.02}
      value={volume}
      onChange={(event) => sound.setVolume(event.currentTarget.valueAsNumber)}
      className="hidden h-11 w-28 cursor-pointer pointer-fine:block"
    />
  )
}
