'use client'
import { useTranslations } from 'next-intl'
import { DevicesField } from './devices-field.tsx'
import { MicrophoneCalibration } from './microphone-calibration.tsx'
import { NudgeField } from './nudge-field.tsx'
import { OutputDoubt } from './output-doubt.tsx'
import { OutputField } from './output-field.tsx'
import { QualityField } from './quality-field.tsx'
import { Section } from './section.tsx'
import { SyncReadout } from './sync-readout.tsx'
import { TapTest } from './tap-test.tsx'

/** One's own sound: how close it is, what it comes out of, how late that is, and how good it sounds. */
export function SoundPanel() {
  const t = useTranslations('sound')
  return (
    <div className="flex flex-col gap-6">
      <OutputDoubt />
      <Section title={t('nowTitle')}>
        <SyncReadout />
      </Section>
      <Section title={t('nudgeTitle')} text={t('nudgeText')}>
        <NudgeField />
        <TapTest />
        <MicrophoneCalibration />
      </Section>
      <Section title={t('outputTitle')}>
        <OutputField />
      </Section>
      <Section title={t('devicesTitle')}>
        <DevicesField />
      </Section>
      <Section title={t('qualityTitle')}>
        <QualityField />
      </Section>
    </div>
  )
}
