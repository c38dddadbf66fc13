'use client'
import { useTranslations } from 'next-intl'
import { wheelCode } from '#lib/domain/audio/musical-key.ts'
import type { PlayableTrack } from './use-library.ts'

/** Tempo and key; what nobody has confirmed has a wave before it and says so. */
export function TrackMusic({ row }: { row: PlayableTrack }) {
  const t = useTranslations('library')
  const { bpm, bpmIsEstimate, musicalKey, keyIsEstimate } = row
  const estimated = t('estimated', { action: t('renameTitle') })
  if (bpm === null && musicalKey === null) return null
  return (
    <p className="figures hidden w-28 flex-col items-end text-muted text-sm md:flex">
      {bpm === null ? null : (
        <Figure isEstimate={bpmIsEstimate} estimated={estimated}>
          {t('bpm', { bpm })}
        </Figure>
      )}
      {musicalKey === null ? null : (
        <Figure isEstimate={keyIsEstimate} estimated={estimated}>
          {`${musicalKey} · ${wheelCode(musicalKey)}`}
        </Figure>
      )}
    </p>
  )
}

function Figure(props: { isEstimate: boolean; estimated: string; children: string }) {
  const { isEstimate, estimated, children } = props
  if (!isEstimate) return <span>{children}</span>
  return (
    <span title={estimated}>
      <span aria-hidden="true">≈ </span>
      {children}
      <span className="sr-only"> ({estimated})</span>
    </span>
  )
}
