'use client'
import { useTranslations } from 'next-intl'
import { startersExpected } from './starters-expected.ts'
import { Tracks } from './tracks.tsx'
import type { PlayableTrack } from './use-library.ts'

/** What everybody starts with. A new installation makes them one after the other, and says so as long as some are missing. */
export function StarterTracks({ rows }: { rows: readonly PlayableTrack[] }) {
  const t = useTranslations('library')
  const text =
    rows.length < startersExpected ? `${t('startersText')} ${t('startersComing')}` : t('startersText')
  return <Tracks title={t('starters')} text={text} rows={rows} empty={t('startersEmpty')} />
}
