'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'

/** For pointers only: phones have keys for it, and iOS ignores a page's volume. */
export function VolumeSlider() {
  const t = useTranslations('player')
  const { audio } = useRoomContext()
  const [volume, setVolume] = useState(1)
  return (
    <input
      type="range"
      aria-label={t('volume')}
      min={0}
      max={1}
      step={0.02}
      value={volume}
      onChange={(event) => {
        const next = event.currentTarget.valueAsNumber
        setVolume(next)
        audio.setVolume(next)
      }}
      className="hidden h-11 w-28 cursor-pointer pointer-fine:block"
    />
  )
}
