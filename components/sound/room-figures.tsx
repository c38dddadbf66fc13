'use client'
import { useTranslations } from 'next-intl'
import type { ListeningSummary } from '#lib/protocol/listening.ts'

/** What a listener reads of themself, of the whole room: the middle of each figure, where somebody knows it. */
export function RoomFigures({ summary }: { summary: ListeningSummary }) {
  const t = useTranslations()
  const { medianOffsetInMs, medianUncertaintyInMs, medianDriftInPpm } = summary
  const { medianBufferInMs, medianBitrate, correctionsEach } = summary
  const rows: [name: string, value: number | null, show: (value: number) => string][] = [
    [t('sound.offset'), medianOffsetInMs, (value) => t('sound.milliseconds', { value: round(value) })],
    [t('sound.uncertainty'), medianUncertaintyInMs, (value) => t('sound.plusMinus', { value: round(value) })],
    [t('sound.drift'), medianDriftInPpm, (value) => t('sound.ppm', { value: Math.round(value) })],
    [
      t('sound.buffer'),
      medianBufferInMs,
      (value) => t('sound.seconds', { value: Math.round(value / 1_000) }),
    ],
    [
      t('sound.bitrate'),
      medianBitrate,
      (value) => t('sound.kilobits', { kilobits: Math.round(value / 1_000) }),
    ],
    [t('hearing.correctionsEach'), correctionsEach, (value) => String(Math.round(value))],
  ]
  const known = rows.flatMap(([name, value, show]) => (value === null ? [] : [[name, show(value)] as const]))
  if (known.length === 0) return null
  return (
    <>
      <p className="mt-3">{t('hearing.figures')}</p>
      <dl className="mt-1 flex flex-col gap-1">
        {known.map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-3">
            <dt>{name}</dt>
            <dd className="figures text-right text-text">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function round(value: number): number {
  return Number(value.toFixed(1))
}
