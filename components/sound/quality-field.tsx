'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { useAudio } from '#components/room/use-room.ts'
import { qualities } from '#lib/client/audio/quality.ts'
import { useSound } from './use-sound.ts'

/** What an hour of music weighs, in megabytes, at so many kbit/s. */
const hourInMegabytes = (kilobits: number) => Math.round((kilobits * 3_600) / 8_000)

/** How good the music sounds and how much data it takes. A change is not heard as a jump. */
export function QualityField() {
  const t = useTranslations('sound')
  const name = useId()
  const { sound } = useRoomContext()
  const chosen = useSound(({ quality }) => quality)
  const kilobits = useAudio(({ bitrate }) => (bitrate === null ? null : Math.round(bitrate / 1_000)))
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="sr-only">{t('qualityTitle')}</legend>
      {qualities.map((quality) => (
        <label
          key={quality}
          className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-2 hover:bg-control has-checked:bg-control"
        >
          <input
            type="radio"
            name={name}
            value={quality}
            checked={chosen === quality}
            onChange={() => sound.setQuality(quality)}
            className="size-4"
          />
          <span className="flex-1">
            {quality === 'auto' || quality === 'saver'
              ? t(quality)
              : t('kilobits', { kilobits: Number(quality) })}
          </span>
          <span className="text-muted text-sm">
            {quality === 'auto'
              ? kilobits !== null && chosen === 'auto' && t('nowKilobits', { kilobits })
              : t('perHour', { megabytes: hourInMegabytes(quality === 'saver' ? 64 : Number(quality)) })}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
